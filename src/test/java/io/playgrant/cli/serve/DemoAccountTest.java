package io.playgrant.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.Account;
import io.playgrant.account.Accounts;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoAccountTest {

    private TestHome home;
    private Application application;

    @BeforeEach
    void open(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
        application = home.openApplication();
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void createIfNew_makesAnAccountForThisMachineOnly() throws IOException {
        create();
        Account account = application.accounts().find(1001).orElseThrow();
        assertThat(account.name()).isEqualTo("Demo");
        assertThat(account.profile()).isEqualTo(Profile.STRICT);
        assertThat(account.allows(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})))
                .isTrue();
        assertThat(account.allows(InetAddress.getAllByName("::1")[0])).isTrue();
        assertThat(account.allows(InetAddress.getByAddress(new byte[] {10, 0, 0, 1})))
                .isFalse();
        assertThat(account.allows(InetAddress.getAllByName("2001:db8::1")[0])).isFalse();
    }

    @Test
    void createIfNew_writesTheAuthenticatorsDownForTheOwnerOnly() throws IOException {
        DemoAccount demo = create();
        assertThat(demo.file()).isEqualTo(home.data().resolve("demo.txt"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(demo.file())))
                .isEqualTo("rw-------");
        String expected = "# The demo account's authenticators. Valid on this machine only. Keep them secret.\n"
                + "production=" + reveal(demo, Environment.PRODUCTION) + "\n"
                + "test=" + reveal(demo, Environment.TEST) + "\n";
        assertThat(Files.readString(demo.file()).equals(expected)).isTrue();
    }

    @Test
    void createIfNew_doesNotMakeItAgain() throws IOException {
        DemoAccount demo = create();
        assertThat(DemoAccount.createIfNew(application)).isEmpty();
        Files.delete(demo.file());
        application.close();
        application = home.openApplication();
        assertThat(DemoAccount.createIfNew(application)).isEmpty();
        assertThat(demo.file()).doesNotExist();
        assertThat(application.accounts().list()).hasSize(1);
    }

    @Test
    void createIfNew_makesNoAccountWhoseFileCannotBeWritten() throws IOException {
        Path inTheWay = Files.createDirectories(home.data().resolve("demo.txt/full"));
        assertThatThrownBy(() -> DemoAccount.createIfNew(application)).isInstanceOf(StorageException.class);
        assertThat(application.accounts().list()).isEmpty();
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        create();
        assertThat(application.accounts().list()).hasSize(1);
    }

    @Test
    void createIfNew_leavesADatabaseWithAccountsAlone() {
        Accounts.Created created = application.accounts().create("N", Profile.STRICT, List.of());
        TestHome.mark(created.authenticators().values());
        assertThat(DemoAccount.createIfNew(application)).isEmpty();
        assertThat(home.data().resolve("demo.txt")).doesNotExist();
    }

    @Test
    void createIfNew_isNotPutOffByACommandThatFailed() {
        assertThat(home.run("account", "set", "1001", "--disabled").exit()).isEqualTo(1);
        create();
        assertThat(application.accounts().list()).hasSize(1);
    }

    @Test
    void greeting_isLinesToPaste() {
        DemoAccount demo = create();
        String url =
                "curl \"https://[::1]:8080/hms/wv/token?customerAuthenticator=" + reveal(demo, Environment.PRODUCTION);
        String greeting = demo.greeting("https://[::1]:8080");
        assertThat(greeting.lines())
                .filteredOn(line -> line.contains("curl"))
                .extracting(String::strip)
                .containsExactly(
                        url
                                + "&kid=%5Emy-first-film&contentKey=000102030405060708090a0b0c0d0e0f&securityLevel=1&hdcpOutputControl=0\"",
                        url + "&kid=1234&errorFormat=json\"");
        assertThat(greeting).contains(demo.file().toString());
    }

    @Test
    void toString_isTheFileOnly() {
        DemoAccount demo = create();
        assertThat(demo).hasToString(demo.file().toString());
    }

    private DemoAccount create() {
        DemoAccount demo = DemoAccount.createIfNew(application).orElseThrow();
        TestHome.mark(demo.created().authenticators().values());
        return demo;
    }

    private static String reveal(DemoAccount demo, Environment environment) {
        return demo.created().authenticator(environment).reveal();
    }
}
