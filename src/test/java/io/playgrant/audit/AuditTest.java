package io.playgrant.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class AuditTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private Database database;
    private Audit audit;

    @BeforeEach
    void open(TestDatabase databases) {
        database = databases.open();
        audit = new Audit(database, Clock.fixed(NOW, ZoneOffset.ofHours(2)), "alice");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void list_isEmptyAtFirst() {
        assertThat(audit.list(OptionalLong.empty(), 10)).isEmpty();
    }

    @Test
    void list_givesTheNewestFirst() {
        add("account create", 1001L, "name=A");
        audit.add("ring add", "key=00ff", () -> {});
        assertThat(audit.list(OptionalLong.empty(), 10))
                .containsExactly(
                        new AuditEntry(NOW, "alice", "ring add", OptionalLong.empty(), "key=00ff"),
                        new AuditEntry(NOW, "alice", "account create", OptionalLong.of(1001), "name=A"));
        assertThat(audit.list(OptionalLong.empty(), 1))
                .extracting(AuditEntry::action)
                .containsExactly("ring add");
    }

    @Test
    void list_ofAnAccount_givesNoOther() {
        add("account set", 1001L, "");
        add("account set", 1002L, "");
        audit.add("ring add", "", () -> {});
        assertThat(audit.list(OptionalLong.of(1002), 10))
                .extracting(AuditEntry::account)
                .containsExactly(OptionalLong.of(1002));
    }

    @Test
    void page_goesOnAfterAPlace_whateverWasAddedMeanwhile() {
        for (String details : List.of("a", "b", "c")) {
            add("account set", 1001L, details);
            add("account set", 1002L, details);
        }
        Audit.Page first = audit.page(OptionalLong.of(1001), OptionalLong.empty(), 2);
        add("account set", 1001L, "d");
        Audit.Page second = audit.page(OptionalLong.of(1001), first.next(), 2);
        assertThat(first.entries()).extracting(AuditEntry::details).containsExactly("c", "b");
        assertThat(second.entries()).extracting(AuditEntry::details).containsExactly("a");
        assertThat(second.next()).isEmpty();
        assertThat(audit.page(OptionalLong.empty(), OptionalLong.empty(), 7).next())
                .isEmpty();
        assertThat(audit.page(OptionalLong.empty(), OptionalLong.empty(), 6).next())
                .isPresent();
    }

    @Test
    void add_isPartOfTheTransaction() {
        assertThatThrownBy(() -> database.inTransaction(handle -> {
                    audit.add(handle, "account set", 1001L, "");
                    throw new IllegalStateException("the change fails");
                }))
                .hasMessage("the change fails");
        assertThat(audit.list(OptionalLong.empty(), 10)).isEmpty();
    }

    @Test
    void add_makesTheChange_andForgetsOneThatFails() {
        List<String> made = new ArrayList<>();
        audit.add("ring add", "", () -> made.add("once"));
        assertThat(made).containsExactly("once");
        assertThatThrownBy(() -> audit.add("ring add", "", () -> {
                    throw new IllegalStateException("the change fails");
                }))
                .hasMessage("the change fails");
        assertThat(audit.list(OptionalLong.empty(), 10)).hasSize(1);
    }

    @Test
    void add_cutsWhatIsTooLong() {
        Audit other = new Audit(database, Clock.fixed(NOW, ZoneOffset.UTC), "n".repeat(201));
        other.add("account set", "d".repeat(1_001), () -> {});
        AuditEntry entry = other.list(OptionalLong.empty(), 1).get(0);
        assertThat(entry.who()).isEqualTo("n".repeat(200));
        assertThat(entry.details()).isEqualTo("d".repeat(1_000));
    }

    @Test
    void currentUser_isTheOperatingSystemsUser() {
        assertThat(Audit.currentUser()).startsWith(System.getProperty("user.name"));
    }

    private void add(String action, Long account, String details) {
        database.inTransaction(handle -> {
            audit.add(handle, action, account, details);
            return null;
        });
    }
}
