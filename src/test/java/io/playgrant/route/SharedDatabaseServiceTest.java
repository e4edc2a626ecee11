package io.playgrant.route;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.config.SharedInstallation;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.RawHttp.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on a PostgreSQL database, which a command of another folder changes. */
class SharedDatabaseServiceTest {

    private static final Duration SOME_SECONDS = Duration.ofSeconds(20);
    private static final String KEK = secret("404142434445464748494a4b4c4d4e4f");

    private SharedInstallation installation;
    private RunningService service;
    private Application command;
    private Customer customer;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        installation = SharedInstallation.create();
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        installation.makeKeys(one);
        SharedInstallation.copyKeys(one, two);
        service = RunningService.start(one, installation.environment());
        command = Application.open(installation.settings(two));
        customer = Customer.of(command.accounts().create("Test", Profile.STRICT, List.of()));
    }

    @AfterEach
    void stop() {
        command.close();
        service.close();
        installation.close();
    }

    @Test
    void storedKeys_creditsAndAccounts_areThoseOfTheDatabase() throws Exception {
        assertThat(keys("POST", "", "{\"kid\":\"^film\",\"info\":\"Zwölf 🎬\"}").status())
                .isEqualTo(201);
        assertThat(keys("POST", "", "{\"kid\":\"^film\"}").status()).isEqualTo(200);
        assertThat(token().status()).isEqualTo(200);

        change(AccountChange.credits(Limit.of(0)));
        await().atMost(SOME_SECONDS).until(() -> token().body().contains("-2019"));
        change(AccountChange.credits(Limit.NONE));
        await().atMost(SOME_SECONDS).until(() -> token().status() == 200);

        assertThat(keys("DELETE", "/%5Efilm", "").status()).isEqualTo(200);
        assertThat(token().body()).contains("-4019");
    }

    @Test
    void textsThatNoDatabaseCouldKeep_areRefused() throws Exception {
        for (String text : List.of("a\\u0000b", "\\ud83c", "\\udfac\\ud83c")) {
            for (String member : List.of("info", "contentId", "kekId")) {
                assertThat(keys("POST", "", "{\"kid\":\"^film\",\"" + member + "\":\"" + text + "\"}")
                                .status())
                        .isEqualTo(400);
            }
        }
        assertThat(keys("GET", "", "").body()).isEqualTo("[]");
    }

    private void change(AccountChange change) {
        assertThat(command.accounts().change(customer.account(), change)).isPresent();
    }

    private Answer keys(String method, String path, String body) throws IOException {
        String target = "/keystore/keys" + path + "?customerAuthenticator=" + customer.production() + "&kek=" + KEK;
        return body.isEmpty()
                ? service.http().send(method, target, new byte[0])
                : service.http().post(target, body);
    }

    private Answer token() throws IOException {
        return service.http()
                .get("/hms/wv/token?customerAuthenticator=" + customer.production() + "&kid=%5Efilm&kek=" + KEK
                        + "&securityLevel=1&hdcpOutputControl=0");
    }
}
