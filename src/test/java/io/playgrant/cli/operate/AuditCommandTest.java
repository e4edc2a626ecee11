package io.playgrant.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.audit.Audit;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

    private TestHome home;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
    }

    @Test
    void list_showsEveryChangeOfAnAccount_newestFirst() throws IOException {
        home.createAccount("N");
        home.run("account", "set", "1001", "--disabled", "--credits", "5", "--networks", "10.0.0.0/8");
        TestHome.markAll(home.run("account", "authenticator", "add", "1001").out());
        home.run("account", "authenticator", "revoke", "1001", "1");
        home.run("account", "delete", "1001");
        assertThat(home.run("account", "set", "1001", "--enabled").exit()).isEqualTo(1);
        Run run = home.run("audit", "list");
        assertThat(run.exit()).isZero();
        assertThat(run.out().replaceAll("(?m)^\\S+Z +\\S+( \\(\\S+\\))? +", "")).isEqualTo("""
                AT                          WHO              ACTION               ACCOUNT    DETAILS
                account delete       1001
                authenticator revoke 1001       id=1
                authenticator add    1001       id=3 environment=production for=tokens
                account set          1001       enabled=false networks=10.0.0.0/8 credits=5
                account create       1001       name=N profile=strict networks= credits=any rate=any
                """);
    }

    @Test
    void list_printsOneLineOfJson() throws IOException {
        Instant before = Instant.now();
        home.createAccount("N");
        home.createAccount("M");
        JsonNode entries = new ObjectMapper()
                .readTree(
                        home.run("audit", "list", "--account", "1001", "--json").out());
        assertThat(entries).hasSize(1);
        JsonNode entry = entries.get(0);
        assertThat(entry.fieldNames()).toIterable().containsExactly("at", "who", "action", "account", "details");
        assertThat(Instant.parse(entry.get("at").textValue())).isBetween(before, Instant.now());
        assertThat(entry.get("who").textValue()).isEqualTo(Audit.currentUser());
        assertThat(entry.get("account").longValue()).isEqualTo(1001);
    }

    @Test
    void list_isLimited() throws IOException {
        home.createAccount("N");
        home.createAccount("M");
        assertThat(home.run("audit", "list", "--limit", "1").out().lines()).hasSize(2);
        Run wrong = home.run("audit", "list", "--limit", "0");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("--limit must be 1 or more\n");
    }

    @Test
    void list_holdsNoSecret() throws IOException {
        String authenticator = home.createAccount("N");
        String added = home.run("account", "authenticator", "add", "1001").out();
        TestHome.markAll(added);
        String shown = home.run("audit", "list").out()
                + home.run("audit", "list", "--json").out();
        assertThat(shown).doesNotContain(authenticator.substring(5)).doesNotContainPattern("[0-9a-f]{32}");
    }
}
