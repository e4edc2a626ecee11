package io.playgrant.cli.ring;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.app.Application;
import io.playgrant.audit.AuditEntry;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.cluster.Heartbeat;
import io.playgrant.cluster.Nodes;
import io.playgrant.cluster.RingKeyTag;
import io.playgrant.files.JwkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingCommandTest {

    private TestHome home;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
    }

    @AfterEach
    void markSecrets() {
        if (Files.isRegularFile(ringJson())) {
            JwkFile.secrets(JwkFile.read(ringJson()))
                    .forEach(key -> secret(key.getKeyValue().toString()));
        }
    }

    @Test
    void init_makesARing_whichOtherCommandsUse() throws IOException {
        Run run = home.run("ring", "init", "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .matches("\\{\"production\":\\{\"active\":\"([0-9a-f]{16})\",\"keys\":\\[\"\\1\"]},"
                        + "\"test\":\\{\"active\":\"([0-9a-f]{16})\",\"keys\":\\[\"\\2\"]}}\n");
        assertThat(home.run("ring", "list", "--json").out()).isEqualTo(run.out());
        assertThat(audit()).containsExactly("ring init");
    }

    @Test
    void init_refusesWhereThereIsARing() throws IOException {
        home.run("ring", "init");
        String ring = Files.readString(ringJson());
        for (String[] args : new String[][] {{"ring", "init"}, {"ring", "init", "--force"}}) {
            assertFailed(home.run(args), "The key file " + ringJson() + " exists already");
        }
        assertThat(ringJson()).hasContent(ring);
    }

    @Test
    void init_givesALostRingUpOnlyWhenTold() throws IOException {
        home.run("ring", "init");
        markSecrets();
        Files.delete(ringJson());
        assertFailed(
                home.run("ring", "init"),
                "The key file " + ringJson()
                        + " was created before and is missing: without it no issued token can be opened."
                        + " Restore it from a backup, or give up these tokens with ring init --force");
        assertThat(ringJson()).doesNotExist();
        assertThat(home.run("ring", "init", "--force").exit()).isZero();
        assertThat(audit()).containsExactly("ring init", "ring init");
    }

    @Test
    void list_isATableOfIds() throws IOException {
        home.run("ring", "init");
        String added = home.run("ring", "add", "--environment", "test").out().strip();
        JsonNode ring = ring();
        Run run = home.run("ring", "list");
        assertThat(run.out()).isEqualTo("""
                ENVIRONMENT  KEY               TOKENS
                production   %s  made and opened
                test         %s  made and opened
                test         %s  opened
                """.formatted(
                ring.at("/production/active").asText(), ring.at("/test/active").asText(), added));
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
    }

    @Test
    void addActivateRetire_rotateAKey() throws IOException {
        home.run("ring", "init");
        String old = ring().at("/test/active").asText();

        Run added = home.run("ring", "add", "--environment", "test", "--json");
        String id = added.json().get("key").asText();
        assertThat(added.out()).isEqualTo("{\"environment\":\"test\",\"key\":\"" + id + "\",\"done\":\"added\"}\n");
        assertThat(ring().at("/test/active").asText()).isEqualTo(old);

        assertThat(home.run("ring", "activate", id))
                .isEqualTo(new Run(0, "New tokens of the test environment are now encrypted with " + id + ".\n", ""));
        assertThat(ring().at("/test/active").asText()).isEqualTo(id);

        assertThat(home.run("ring", "retire", old, "--environment", "test"))
                .isEqualTo(new Run(
                        0,
                        "Tokens of the test environment that were encrypted with " + old
                                + " can no longer be opened.\n",
                        ""));
        assertThat(ring().at("/test/keys")).hasSize(1);
        assertThat(audit()).containsExactly("ring retire", "ring activate", "ring add", "ring init");
    }

    @Test
    void activateAndRetire_tellInJson() throws IOException {
        home.run("ring", "init");
        String old = ring().at("/production/active").asText();
        String id = home.run("ring", "add", "--environment", "production").out().strip();
        assertThat(home.run("ring", "activate", id, "--json").out())
                .isEqualTo("{\"environment\":\"production\",\"key\":\"" + id + "\",\"done\":\"activated\"}\n");
        assertThat(home.run("ring", "retire", old, "--json").out())
                .isEqualTo("{\"environment\":\"production\",\"key\":\"" + old + "\",\"done\":\"retired\"}\n");
    }

    @Test
    void unknownKeys_andThoseOfAnotherEnvironment_areRefused() throws IOException {
        home.run("ring", "init");
        String active = ring().at("/production/active").asText();
        for (String command : List.of("activate", "retire")) {
            assertFailed(
                    home.run("ring", command, "0123456789abcdef"),
                    "The key ring has no key 0123456789abcdef; ring list shows its keys");
            assertFailed(
                    home.run("ring", command, active, "--environment", "test"),
                    "The key " + active + " belongs to the production environment");
        }
        assertFailed(
                home.run("ring", "retire", active),
                "The key " + active + " is the active one of the production environment; activate another first");
    }

    @Test
    void activate_waitsForServersThatLackTheKey() throws IOException {
        home.run("ring", "init");
        String id;
        try (Application application = home.openApplication();
                Heartbeat stuck = Heartbeat.start(
                        new Nodes(application.database()),
                        () -> Set.of(new RingKeyTag("of-another-ring", "", true)),
                        Set::of,
                        application.schedule())) {
            assertThat(stuck).isNotNull();
            id = home.run("ring", "add", "--environment", "test").out().strip();
            Run run = home.run("ring", "activate", id, "--wait", "0");
            assertThat(run.err())
                    .matches("playgrant: The key " + id
                            + " was not activated, because tokens encrypted with it could not be"
                            + " opened by \\S+:" + ProcessHandle.current().pid()
                            + "; its log says more if its ring cannot be read\n");
            assertThat(run.out()).isEmpty();
            assertThat(run.exit()).isEqualTo(1);
            assertThat(ring().at("/test/active").asText()).isNotEqualTo(id);
        }
        assertThat(home.run("ring", "activate", id, "--wait", "0").exit()).isZero();
    }

    @Test
    void activate_succeedsOnceTheServerHasReadTheKey() throws IOException {
        home.run("ring", "init");
        try (Application application = home.openApplication();
                Heartbeat heartbeat = application.newHeartbeat()) {
            assertThat(heartbeat).isNotNull();
            String id = home.run("ring", "add", "--environment", "test").out().strip();
            assertThat(home.run("ring", "activate", id).exit()).isZero();
            assertThat(application.keyRing().get().ids()).contains(id);
        }
    }

    @Test
    void brokenRing_isRefusedAndStays() throws IOException {
        home.run("ring", "init");
        markSecrets();
        Files.writeString(ringJson(), "{");
        for (String[] args : new String[][] {
            {"ring", "list"},
            {"ring", "add", "--environment", "test"},
            {"ring", "activate", "0123456789abcdef"},
            {"ring", "retire", "0123456789abcdef"}
        }) {
            assertFailed(home.run(args), "The key file " + ringJson() + " is not a JWK Set");
        }
        assertThat(ringJson()).hasContent("{");
        Files.delete(ringJson());
    }

    @Test
    void wrongArguments_areAskedWrongly() {
        for (String command : List.of(
                "ring",
                "ring add",
                "ring add --environment staging",
                "ring activate",
                "ring retire",
                "ring activate 0123456789abcdef --wait -1",
                "ring activate 0123456789abcdef --wait soon")) {
            Run run = home.run(command.split(" "));
            assertThat(run.exit()).as(command).isEqualTo(2);
            assertThat(run.out()).isEmpty();
        }
        assertThat(home.data()).doesNotExist();
    }

    private JsonNode ring() throws IOException {
        return home.run("ring", "list", "--json").json();
    }

    private List<String> audit() {
        try (Application application = home.openApplication()) {
            return application.audit().list(OptionalLong.empty(), 100).stream()
                    .map(AuditEntry::action)
                    .toList();
        }
    }

    private Path ringJson() {
        return home.data().resolve("ring.json");
    }

    private static void assertFailed(Run run, String sentence) {
        assertThat(run.err()).isEqualTo("playgrant: " + sentence + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }
}
