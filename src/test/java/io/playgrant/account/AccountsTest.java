package io.playgrant.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.audit.AuditEntry;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class AccountsTest {

    private AccountRoom room;
    private Accounts accounts;

    @BeforeEach
    void open(TestDatabase databases) {
        room = new AccountRoom(databases);
        accounts = room.accounts;
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void create_givesAnEnabledAccountOfTheNextNumber() {
        Account account = room.create("First").account();
        assertThat(account.number()).isEqualTo(1001);
        assertThat(account.name()).isEqualTo("First");
        assertThat(account.profile()).isEqualTo(Profile.STRICT);
        assertThat(account.enabled()).isTrue();
        assertThat(account.widevine()).isTrue();
        assertThat(account.networks()).isEmpty();
        assertThat(account.authenticators())
                .extracting(StoredAuthenticator::environment)
                .containsExactly(Environment.PRODUCTION, Environment.TEST);
        assertThat(room.create("Second").account().number()).isEqualTo(1002);
    }

    @Test
    void create_givesOneAuthenticatorForEachEnvironment() {
        Accounts.Created created = room.create("First");
        assertThat(created.authenticators()).containsOnlyKeys(Environment.PRODUCTION, Environment.TEST);
        for (Environment environment : Environment.values()) {
            CustomerAuthenticator authenticator = AccountRoom.authenticator(created, environment);
            assertThat(authenticator.account()).isEqualTo(1001);
            assertThat(authenticator.secret()).hasSize(16);
            assertThat(accounts.authenticators()
                            .match(authenticator, created.account())
                            .map(StoredAuthenticator::environment))
                    .contains(environment);
        }
        assertThat(AccountRoom.authenticator(created, Environment.PRODUCTION).secret())
                .isNotEqualTo(
                        AccountRoom.authenticator(created, Environment.TEST).secret());
    }

    @Test
    void create_makesNothingThatCannotBeHandedOver() {
        NewAccount account = new NewAccount("Lost", Profile.STRICT, List.of(), Limit.of(5), Limit.NONE);
        IllegalStateException full = new IllegalStateException("full");
        assertThatThrownBy(() -> accounts.create(account, created -> {
                    throw full;
                }))
                .isSameAs(full);
        assertThat(accounts.list()).isEmpty();
        assertThat(accounts.revision()).isZero();
        assertThat(room.audit.list(OptionalLong.empty(), 10)).isEmpty();
        List<Long> handedOver = new ArrayList<>();
        accounts.create(account, created -> handedOver.add(created.account().number()));
        assertThat(accounts.list()).extracting(Account::number).isEqualTo(handedOver);
    }

    @Test
    void create_keepsProfileAndNetworksAsWritten() {
        Account account = accounts.create("Lenient", Profile.LENIENT, AccountRoom.ranges("10.1.2.3/8", "2001:DB8::/32"))
                .account();
        assertThat(account.profile()).isEqualTo(Profile.LENIENT);
        assertThat(account.networks())
                .extracting(AddressRange::toString)
                .containsExactly("10.1.2.3/8", "2001:DB8::/32");
    }

    @Test
    void create_keepsNamesOfAnyScriptUpTo200Characters() {
        String name = "Größe 日本 '; drop table account --";
        assertThat(room.create(name).account().name()).isEqualTo(name);
        assertThat(room.create("x".repeat(200)).account().name()).isEqualTo("x".repeat(200));
        assertThatThrownBy(() -> room.create("x".repeat(201))).isInstanceOf(StorageException.class);
    }

    @Test
    void create_thatFailsLeavesNothing() {
        assertThatThrownBy(() -> room.create("x".repeat(201))).isInstanceOf(StorageException.class);
        assertThat(accounts.list()).isEmpty();
        assertThat(accounts.revision()).isZero();
    }

    @Test
    void create_notesTheTimeOfTheClock() {
        room.create("First");
        assertThat(room.database.<OffsetDateTime>withHandle(
                        handle -> handle.createQuery("select created_at from account")
                                .mapTo(OffsetDateTime.class)
                                .one()))
                .isEqualTo(OffsetDateTime.parse("2026-11-23T12:00:00Z"));
    }

    @Test
    void create_storesAHashAndNotTheAuthenticator() {
        Accounts.Created created = room.create("First");
        List<byte[]> stored =
                room.database.withHandle(handle -> handle.createQuery("select hash from authenticator order by id")
                        .mapTo(byte[].class)
                        .list());
        CustomerAuthenticator production = AccountRoom.authenticator(created, Environment.PRODUCTION);
        CustomerAuthenticator test = AccountRoom.authenticator(created, Environment.TEST);
        assertThat(stored).containsExactly(room.hash.of(1001, production.secret()), room.hash.of(1001, test.secret()));
        assertThat(stored.get(0)).hasSize(32).isNotEqualTo(production.secret());
    }

    @Test
    void create_givesNumbersAndRevisionsToManyAtOnce() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        List<Long> numbers = new ArrayList<>();
        try {
            List<Future<Long>> all = IntStream.range(0, 20)
                    .mapToObj(i -> executor.submit(() -> accounts.create("Account " + i, Profile.STRICT, List.of())
                            .account()
                            .number()))
                    .toList();
            for (Future<Long> one : all) {
                numbers.add(one.get(20, TimeUnit.SECONDS));
            }
        } finally {
            executor.shutdown();
        }
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1001, 1020).boxed().toList());
        assertThat(accounts.revision()).isEqualTo(20);
        for (long revision = 0; revision <= 20; revision++) {
            assertThat(accounts.changedSince(revision)).hasSize((int) (20 - revision));
        }
    }

    @Test
    void find_givesWhatWasMade() {
        Account account = room.create("First", "127.0.0.0/8", "::1").account();
        room.create("Second");
        Account found = accounts.find(1001).orElseThrow();
        assertThat(found).hasToString(account.toString());
    }

    @Test
    void find_isEmptyForAnUnknownNumber() {
        room.create("First");
        assertThat(accounts.find(1002)).isEmpty();
        assertThat(accounts.find(0)).isEmpty();
        assertThat(accounts.find(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void list_isByNumber() {
        assertThat(accounts.list()).isEmpty();
        room.create("Zebra");
        room.create("Ape");
        accounts.change(1001, AccountChange.enabled(false));
        assertThat(accounts.list()).extracting(Account::number).containsExactly(1001L, 1002L);
        assertThat(accounts.list()).extracting(Account::name).containsExactly("Zebra", "Ape");
        assertThat(accounts.list())
                .allSatisfy(account -> assertThat(account.authenticators()).hasSize(2));
    }

    @Test
    void page_goesOnAfterANumber() {
        for (String name : List.of("A", "B", "C")) {
            room.create(name);
        }
        accounts.signers().add(1002, new StoredSigner("s", StoredSigner.Kind.RSA, null, null, new byte[] {1}));
        assertThat(accounts.page(0, 2))
                .hasToString(accounts.list().subList(0, 2).toString());
        assertThat(accounts.page(1001, 1).get(0).signers()).hasSize(1);
        accounts.delete(1002);
        assertThat(accounts.page(1001, 2)).extracting(Account::number).containsExactly(1003L);
        assertThat(accounts.page(1003, 2)).isEmpty();
    }

    @Test
    void change_changesOnlyWhatIsNamed() {
        room.create("First", "10.0.0.0/8");
        Account lenient =
                accounts.change(1001, AccountChange.profile(Profile.LENIENT)).orElseThrow();
        assertThat(lenient.profile()).isEqualTo(Profile.LENIENT);
        assertThat(lenient.enabled()).isTrue();
        assertThat(lenient.widevine()).isTrue();

        Account disabled = accounts.change(1001, AccountChange.enabled(false)).orElseThrow();
        assertThat(disabled.profile()).isEqualTo(Profile.LENIENT);
        assertThat(disabled.enabled()).isFalse();
        assertThat(disabled.widevine()).isTrue();

        Account without = accounts.change(1001, AccountChange.widevine(false)).orElseThrow();
        assertThat(without.profile()).isEqualTo(Profile.LENIENT);
        assertThat(without.enabled()).isFalse();
        assertThat(without.widevine()).isFalse();

        Account back = accounts.change(1001, new AccountChange(Profile.STRICT, true, true, null, null, null, null))
                .orElseThrow();
        assertThat(back.profile()).isEqualTo(Profile.STRICT);
        assertThat(back.enabled()).isTrue();
        assertThat(back.widevine()).isTrue();
        assertThat(back.name()).isEqualTo("First");
        assertThat(back.networks()).extracting(AddressRange::toString).containsExactly("10.0.0.0/8");
        assertThat(back.authenticators()).hasSize(2);
        assertThat(accounts.find(1001).orElseThrow()).hasToString(back.toString());
    }

    @Test
    void change_leavesOtherAccountsAsTheyAre() {
        room.create("First");
        Account second = room.create("Second").account();
        accounts.change(1001, new AccountChange(Profile.LENIENT, false, false, null, null, null, null));
        assertThat(accounts.find(1002).orElseThrow()).hasToString(second.toString());
    }

    @Test
    void change_ofAnUnknownNumberIsEmptyAndTakesNoRevision() {
        assertThat(accounts.change(1001, new AccountChange(Profile.LENIENT, true, true, null, null, null, null)))
                .isEmpty();
        assertThat(accounts.revision()).isZero();
    }

    @Test
    void create_keepsLimits() {
        NewAccount limited = new NewAccount("N", Profile.STRICT, List.of(), Limit.of(0), Limit.of(7));
        Account account = accounts.create(limited).account();
        assertThat(account.credits()).isEqualTo(Limit.of(0));
        assertThat(account.rate()).isEqualTo(Limit.of(7));
        assertThat(room.create("M").account().credits()).isEqualTo(Limit.NONE);
        assertThat(room.create("M").account().rate()).isEqualTo(Limit.NONE);
    }

    @Test
    void change_ofLimitsAndNetworks() {
        room.create("First");
        Account limited = accounts.change(
                        1001,
                        new AccountChange(
                                null, null, null, AccountRoom.ranges("10.0.0.0/8"), Limit.of(5), null, Limit.of(2)))
                .orElseThrow();
        assertThat(limited.networks()).extracting(AddressRange::toString).containsExactly("10.0.0.0/8");
        assertThat(limited.credits()).isEqualTo(Limit.of(5));
        assertThat(limited.rate()).isEqualTo(Limit.of(2));
        assertThat(accounts.change(1001, AccountChange.enabled(true))
                        .orElseThrow()
                        .rate())
                .isEqualTo(Limit.of(2));
        Account free = accounts.change(
                        1001, new AccountChange(null, null, null, List.of(), Limit.NONE, null, Limit.NONE))
                .orElseThrow();
        assertThat(free.networks()).isEmpty();
        assertThat(free.credits()).isEqualTo(Limit.NONE);
        assertThat(free.rate()).isEqualTo(Limit.NONE);
    }

    @Test
    void change_addsCreditsOnlyToALimit() {
        room.create("First");
        AccountChange more = new AccountChange(null, null, null, null, null, 5L, null);
        assertThatThrownBy(() -> accounts.change(1001, more))
                .isInstanceOf(AccountException.class)
                .hasMessage("Account 1001 has no limit to raise; set its credits");
        assertThat(accounts.revision()).isEqualTo(1);
        accounts.change(1001, AccountChange.credits(Limit.of(2)));
        assertThat(accounts.change(1001, more).orElseThrow().credits()).isEqualTo(Limit.of(7));
        AccountChange tooMany = new AccountChange(null, null, null, null, null, Credits.MOST - 6, null);
        assertThatThrownBy(() -> accounts.change(1001, tooMany))
                .isInstanceOf(AccountException.class)
                .hasMessage("An account has at most 1000000000000 credits");
        assertThat(accounts.find(1001).orElseThrow().credits()).isEqualTo(Limit.of(7));
    }

    @Test
    void delete_takesTheAccountAwayAndKeepsItsNumber() {
        room.create("First");
        room.create("Second");
        accounts.change(1001, AccountChange.credits(Limit.of(5)));
        assertThat(accounts.delete(1001)).isTrue();
        assertThat(accounts.find(1001)).isEmpty();
        assertThat(accounts.list()).extracting(Account::number).containsExactly(1002L);
        assertThat(accounts.changedSince(3)).containsExactly(1001L);
        assertThat(accounts.delete(1001)).isFalse();
        assertThat(accounts.revision()).isEqualTo(4);
        assertThat(room.create("Third").account().number()).isEqualTo(1003);
    }

    @Test
    void wasMade_knowsDeletedAccountsToo() {
        room.create("First");
        room.create("Second");
        accounts.delete(1001);
        assertThat(accounts.wasMade(1001)).isTrue();
        assertThat(accounts.wasMade(1002)).isTrue();
        assertThat(accounts.wasMade(1003)).isFalse();
    }

    @Test
    void everyChange_isAudited() {
        room.create("First", "10.0.0.0/8");
        accounts.change(
                1001, new AccountChange(Profile.LENIENT, false, false, List.of(), Limit.of(5), null, Limit.of(2)));
        accounts.change(1001, new AccountChange(null, null, null, null, null, 3L, null));
        accounts.change(1002, AccountChange.enabled(true));
        accounts.delete(1001);
        accounts.delete(1001);
        assertThat(room.audit.list(OptionalLong.empty(), 10))
                .containsExactly(
                        new AuditEntry(AccountRoom.NOW, "tester", "account delete", OptionalLong.of(1001), ""),
                        new AuditEntry(
                                AccountRoom.NOW, "tester", "account set", OptionalLong.of(1001), "add-credits=3"),
                        new AuditEntry(
                                AccountRoom.NOW,
                                "tester",
                                "account set",
                                OptionalLong.of(1001),
                                "profile=lenient enabled=false widevine=false networks= credits=5 rate=2"),
                        new AuditEntry(
                                AccountRoom.NOW,
                                "tester",
                                "account create",
                                OptionalLong.of(1001),
                                "name=First profile=strict networks=10.0.0.0/8 credits=any rate=any"));
    }

    @Test
    void revision_growsWithEveryChange() {
        assertThat(accounts.revision()).isZero();
        room.create("First");
        assertThat(accounts.revision()).isEqualTo(1);
        room.create("Second");
        assertThat(accounts.revision()).isEqualTo(2);
        accounts.change(1001, AccountChange.enabled(false));
        assertThat(accounts.revision()).isEqualTo(3);
    }

    @Test
    void changedSince_namesWhatChangedAfterwards() {
        room.create("First");
        room.create("Second");
        room.create("Third");
        accounts.change(1002, AccountChange.enabled(false));
        assertThat(accounts.changedSince(0)).containsExactlyInAnyOrder(1001L, 1002L, 1003L);
        assertThat(accounts.changedSince(1)).containsExactlyInAnyOrder(1002L, 1003L);
        assertThat(accounts.changedSince(3)).containsExactly(1002L);
        assertThat(accounts.changedSince(4)).isEmpty();
    }

    @Test
    void environmentOf_isEmptyForAnotherAccountsAuthenticator() {
        Accounts.Created first = room.create("First");
        Account second = room.create("Second").account();
        CustomerAuthenticator production = AccountRoom.authenticator(first, Environment.PRODUCTION);
        assertThat(accounts.authenticators().match(production, second)).isEmpty();
        assertThat(accounts.authenticators().match(new CustomerAuthenticator(1002, production.secret()), second))
                .isEmpty();
    }

    @Test
    void everything_isRefusedWhenTheDatabaseIsClosed() {
        room.create("First");
        room.close();
        assertThatThrownBy(() -> accounts.create("Second", Profile.STRICT, List.of()))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> accounts.change(1001, AccountChange.enabled(true)))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> accounts.find(1001)).isInstanceOf(StorageException.class);
        assertThatThrownBy(accounts::list).isInstanceOf(StorageException.class);
        assertThatThrownBy(accounts::revision).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> accounts.changedSince(0)).isInstanceOf(StorageException.class);
    }
}
