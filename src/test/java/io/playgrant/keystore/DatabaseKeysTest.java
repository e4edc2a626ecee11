package io.playgrant.keystore;

import static io.playgrant.keystore.SampleKeys.EK;
import static io.playgrant.keystore.SampleKeys.NOW;
import static io.playgrant.keystore.SampleKeys.OTHER_EK;
import static io.playgrant.keystore.SampleKeys.OTHER_OWNER;
import static io.playgrant.keystore.SampleKeys.OWNER;
import static io.playgrant.keystore.SampleKeys.SAME_IN_TEST;
import static io.playgrant.keystore.SampleKeys.bareKey;
import static io.playgrant.keystore.SampleKeys.key;
import static io.playgrant.keystore.SampleKeys.kid;
import static io.playgrant.keystore.SampleKeys.withEk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.RepeatableRandom;
import io.playgrant.account.Accounts;
import io.playgrant.account.AuthenticatorHash;
import io.playgrant.audit.Audit;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Created;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class DatabaseKeysTest {

    private Database database;
    private Database another;
    private DatabaseKeys keys;
    private DatabaseKeys otherNode;

    @BeforeEach
    void openBoth(TestDatabase databases) {
        database = databases.open();
        another = databases.open();
        keys = new DatabaseKeys(database);
        otherNode = new DatabaseKeys(another);
        SampleKeys.makeAccounts(database);
    }

    @AfterEach
    void closeBoth() {
        another.close();
        database.close();
    }

    @Test
    void create_storesTheKey() {
        StoredKey key = key(kid(1));
        assertThat(keys.create(OWNER, key)).isEqualTo(new Created(key, true));
        assertThat(keys.find(OWNER, kid(1))).contains(key);
        assertThat(otherNode.find(OWNER, kid(1))).contains(key);
    }

    @Test
    void create_storesAKeyWithoutWhatMayBeMissing() {
        StoredKey key = bareKey(kid(1), EK);
        keys.create(OWNER, key);
        assertThat(keys.find(OWNER, kid(1))).contains(key);
    }

    @Test
    void create_storesAKeyThatTheServiceHolds() {
        StoredKey key = SampleKeys.heldKey(kid(1), "film");
        keys.create(OWNER, key);
        assertThat(keys.find(OWNER, kid(1))).contains(key);
        assertThat(keys.findAll(OWNER, List.of(kid(1)))).containsEntry(kid(1), key);
        assertThat(key.isHeld()).isTrue();
    }

    @Test
    void update_keepsTheHolderOfAKey() {
        keys.create(OWNER, SampleKeys.heldKey(kid(1), "film"));
        StoredKey changed = SampleKeys.heldKey(kid(1), "another film");
        keys.update(OWNER, kid(1), key -> changed);
        assertThat(otherNode.find(OWNER, kid(1))).contains(changed);
    }

    @Test
    void currentOf_hasTheHeldKeysOfTheContentThatHaveNotExpired() {
        StoredKey two = SampleKeys.heldKey(kid(2), "film");
        StoredKey one = SampleKeys.heldKey(kid(1), "film");
        keys.createAll(OWNER, List.of(two, one, SampleKeys.heldKey(kid(3), "another film"), key(kid(4))));
        keys.create(OWNER, SampleKeys.withExpiration(SampleKeys.heldKey(kid(5), "film"), NOW));
        keys.create(OTHER_OWNER, SampleKeys.heldKey(kid(6), "film"));
        assertThat(keys.currentOf(OWNER, "film", NOW, 10)).containsExactly(one, two);
        assertThat(keys.currentOf(OWNER, "film", NOW, 1)).containsExactly(one);
        assertThat(keys.currentOf(OWNER, "no film", NOW, 10)).isEmpty();
    }

    @Test
    void currentOf_findsContentIdsOf1024Characters() {
        StoredKey key = SampleKeys.heldKey(kid(1), "\uFFFD".repeat(1_024));
        keys.create(OWNER, key);
        assertThat(keys.currentOf(OWNER, "\uFFFD".repeat(1_024), NOW, 10)).containsExactly(key);
    }

    @Test
    void changes_nameTheContentWhoseHeldKeysChanged() {
        ContentDigest film = ContentDigest.of(OWNER, "film");
        ContentDigest other = ContentDigest.of(OWNER, "another film");
        keys.createAll(OWNER, List.of(SampleKeys.heldKey(kid(1), "film"), SampleKeys.heldKey(kid(2), "film")));
        assertThat(otherNode.changedSince(0)).extracting(KeyChange::content).containsExactly(film);
        long created = keys.revision();
        keys.update(OWNER, kid(1), key -> SampleKeys.heldKey(kid(1), "another film"));
        assertThat(otherNode.changedSince(created))
                .extracting(KeyChange::content)
                .containsExactly(film, other);
        long moved = keys.revision();
        keys.delete(OWNER, kid(1));
        assertThat(otherNode.changedSince(moved)).extracting(KeyChange::content).containsExactly(other);
    }

    @Test
    void holders_areTheKeysOfTheRingThatAreNeeded() {
        keys.create(OWNER, key(kid(1)));
        assertThat(keys.holders()).isEmpty();
        keys.create(OWNER, SampleKeys.heldKey(kid(2), "film"));
        keys.create(OTHER_OWNER, SampleKeys.heldKey(kid(3), null));
        assertThat(keys.holders()).containsExactly(SampleKeys.RING_KEY);
        assertThat(keys.countHeldBy(SampleKeys.RING_KEY)).isEqualTo(2);
        assertThat(keys.countHeldBy("00000000000000bb")).isZero();
    }

    @Test
    void create_leavesTheKeyThatIsThere() {
        StoredKey first = key(kid(1));
        keys.create(OWNER, first);
        assertThat(otherNode.create(OWNER, bareKey(kid(1), OTHER_EK))).isEqualTo(new Created(first, false));
        assertThat(keys.find(OWNER, kid(1))).contains(first);
    }

    @Test
    void create_givesTimesAsTheyAreKept() {
        StoredKey fine = new StoredKey(
                kid(1), EK, "#1.", null, null, NOW.plusNanos(1_999), NOW.plusNanos(999)); // rounded, both would differ
        Created created = keys.create(OWNER, fine);
        assertThat(created.key().lastUpdate()).isEqualTo(NOW);
        assertThat(created.key().expiration()).isEqualTo(NOW.plusNanos(1_000));
        assertThat(keys.find(OWNER, kid(1))).contains(created.key());
    }

    @Test
    void create_keepsTextsOf1024Characters() {
        String longest = "é".repeat(1_022) + "🎬";
        StoredKey key = new StoredKey(kid(1), EK, longest, longest, longest, null, NOW);
        keys.create(OWNER, key);
        assertThat(keys.find(OWNER, kid(1))).contains(key);
    }

    @Test
    void owners_haveKeysOfTheirOwn() {
        keys.create(OWNER, bareKey(kid(1), EK));
        assertThat(keys.find(SAME_IN_TEST, kid(1))).isEmpty();
        assertThat(keys.find(OTHER_OWNER, kid(1))).isEmpty();
        assertThat(keys.create(OTHER_OWNER, bareKey(kid(1), OTHER_EK)).isNew()).isTrue();
        assertThat(keys.create(SAME_IN_TEST, bareKey(kid(1), OTHER_EK)).isNew()).isTrue();
        assertThat(keys.delete(SAME_IN_TEST, kid(1))).isTrue();
        assertThat(keys.find(OWNER, kid(1)).orElseThrow().ek()).isEqualTo(EK);
        assertThat(keys.find(OTHER_OWNER, kid(1)).orElseThrow().ek()).isEqualTo(OTHER_EK);
        assertThat(keys.count(OWNER)).isEqualTo(1);
        assertThat(keys.page(OWNER, null, 10)).hasSize(1);
        assertThat(keys.findAll(SAME_IN_TEST, List.of(kid(1)))).isEmpty();
    }

    @Test
    void sameKeyByManyAtOnce_isNewOnce_andTheOthersGetIt() throws Exception {
        for (int round = 0; round < 10; round++) {
            KeyId kid = kid(round);
            List<Created> created = atOnce(IntStream.range(0, 32)
                    .<Callable<Created>>mapToObj(i -> () -> node(i).create(OWNER, withInfo(kid, "by " + i)))
                    .toList());
            assertThat(created).filteredOn(Created::isNew).hasSize(1);
            StoredKey stored = keys.find(OWNER, kid).orElseThrow();
            assertThat(created).extracting(Created::key).containsOnly(stored);
        }
        assertThat(keys.count(OWNER)).isEqualTo(10);
    }

    @Test
    void sameKey_createdAndDeletedByManyAtOnce_neverFails() throws Exception {
        List<Callable<Long>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            StoredKeys node = node(i);
            all.add(() -> IntStream.range(0, 50)
                    .filter(n -> node.create(OWNER, key(kid(1))).isNew())
                    .count());
            all.add(() -> -IntStream.range(0, 50)
                    .filter(n -> node.delete(OWNER, kid(1)))
                    .count());
        }
        long left = atOnce(all).stream().mapToLong(Long::longValue).sum();
        assertThat(keys.count(OWNER)).isEqualTo(left);
    }

    @Test
    void createAll_tellsOfEachKeyInOrder() {
        StoredKey present = key(kid(2));
        keys.create(OWNER, present);
        List<Created> created = keys.createAll(
                OWNER,
                List.of(
                        bareKey(kid(3), OTHER_EK),
                        bareKey(kid(2), OTHER_EK),
                        bareKey(kid(1), OTHER_EK),
                        bareKey(kid(3), EK)));
        assertThat(created)
                .containsExactly(
                        new Created(bareKey(kid(3), OTHER_EK), true),
                        new Created(present, false),
                        new Created(bareKey(kid(1), OTHER_EK), true),
                        new Created(bareKey(kid(3), OTHER_EK), false));
        assertThat(keys.count(OWNER)).isEqualTo(3);
    }

    @Test
    void createAll_makesNothingOfNothing() {
        assertThat(keys.createAll(OWNER, List.of())).isEmpty();
    }

    @Test
    void createAll_takesThousands_twice() {
        List<StoredKey> many =
                IntStream.range(0, 2_500).mapToObj(i -> bareKey(kid(i), EK)).toList();
        assertThat(keys.createAll(OWNER, many)).hasSize(2_500).allMatch(Created::isNew);
        assertThat(otherNode.createAll(OWNER, many)).hasSize(2_500).noneMatch(Created::isNew);
        assertThat(keys.count(OWNER)).isEqualTo(2_500);
    }

    @Test
    void createAll_ofTheSameKeysInOtherOrders_makesEachOnce() throws Exception {
        List<Callable<List<Created>>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            StoredKeys node = node(i);
            List<StoredKey> shuffled = new ArrayList<>(
                    IntStream.range(0, 200).mapToObj(n -> key(kid(n))).toList());
            Collections.shuffle(shuffled, new Random(i));
            all.add(() -> node.createAll(OWNER, shuffled));
        }
        List<Created> created = atOnce(all).stream().flatMap(List::stream).toList();
        assertThat(created).hasSize(1_600).filteredOn(Created::isNew).hasSize(200);
    }

    @Test
    void createAll_changesNothing_whenOneCannotBeStored() {
        StoredKey tooLong = new StoredKey(kid(2), EK, "#1.", "x".repeat(1_025), null, null, NOW);
        assertThatThrownBy(() -> keys.createAll(OWNER, List.of(key(kid(1)), tooLong)))
                .isInstanceOf(StorageException.class);
        assertThat(keys.count(OWNER)).isZero();
    }

    @Test
    void update_changesTheKey() {
        keys.create(OWNER, key(kid(1)));
        StoredKey changed =
                new StoredKey(kid(1), OTHER_EK, "#1.other", null, "other", NOW.plusSeconds(9), NOW.plusSeconds(1));
        assertThat(keys.update(OWNER, kid(1), key -> changed)).contains(changed);
        assertThat(otherNode.find(OWNER, kid(1))).contains(changed);
    }

    @Test
    void update_leavesOtherKeysAlone() {
        keys.create(OWNER, key(kid(1)));
        keys.create(OWNER, key(kid(2)));
        keys.create(OTHER_OWNER, key(kid(1)));
        keys.update(OWNER, kid(1), key -> withEk(key, OTHER_EK));
        assertThat(keys.find(OWNER, kid(2))).contains(key(kid(2)));
        assertThat(keys.find(OTHER_OWNER, kid(1))).contains(key(kid(1)));
    }

    @Test
    void update_isEmptyForAnUnknownKey() {
        assertThat(keys.update(OWNER, kid(1), key -> key)).isEmpty();
        assertThat(keys.revision()).isZero();
    }

    @Test
    void update_thatIsRefused_changesNothing() {
        keys.create(OWNER, key(kid(1)));
        assertThatThrownBy(() -> keys.update(OWNER, kid(1), key -> {
                    throw new IllegalStateException("as it is");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("as it is");
        assertThatThrownBy(() -> keys.update(OWNER, kid(1), key -> key(kid(2))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(keys.find(OWNER, kid(1))).contains(key(kid(1)));
        assertThat(keys.revision()).isZero();
    }

    @Test
    void updatesOfOneKeyAtOnce_areNotLost() throws Exception {
        keys.create(OWNER, withInfo(kid(1), ""));
        atOnce(IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(i -> () -> {
                    for (int n = 0; n < 20; n++) {
                        node(i).update(OWNER, kid(1), key -> withInfo(kid(1), key.info() + "x"));
                    }
                    return 0;
                })
                .toList());
        assertThat(keys.find(OWNER, kid(1)).orElseThrow().info()).isEqualTo("x".repeat(160));
        assertThat(keys.revision()).isEqualTo(160);
    }

    @Test
    void delete_takesTheKeyAway() {
        keys.create(OWNER, key(kid(1)));
        assertThat(keys.delete(OWNER, kid(1))).isTrue();
        assertThat(keys.delete(OWNER, kid(1))).isFalse();
        assertThat(otherNode.find(OWNER, kid(1))).isEmpty();
        assertThat(keys.count(OWNER)).isZero();
    }

    @Test
    void delete_leavesAKeyThatTheCheckRefuses() {
        keys.create(OWNER, key(kid(1)));
        assertThatThrownBy(() -> keys.delete(OWNER, kid(1), found -> {
                    throw new IllegalStateException(found.kid().toString());
                }))
                .hasMessage(kid(1).toString());
        assertThat(keys.find(OWNER, kid(1))).isPresent();
        assertThat(keys.delete(OWNER, kid(1), found -> {})).isTrue();
    }

    @Test
    void deletedKey_canBeMadeAnew() {
        keys.create(OWNER, key(kid(1)));
        keys.delete(OWNER, kid(1));
        assertThat(keys.create(OWNER, bareKey(kid(1), OTHER_EK)).isNew()).isTrue();
        assertThat(keys.delete(OWNER, kid(1))).isTrue();
    }

    @Test
    void findAll_givesThoseThatAreThere() {
        keys.create(OWNER, key(kid(1)));
        keys.create(OWNER, key(kid(2)));
        assertThat(keys.findAll(OWNER, List.of(kid(2), kid(7), kid(2)))).isEqualTo(Map.of(kid(2), key(kid(2))));
        assertThat(keys.findAll(OWNER, List.of())).isEmpty();
    }

    @Test
    void page_givesAllKeysInTheOrderOfTheirIds() {
        List<KeyId> kids = List.of(
                kid(1),
                kid(2),
                KeyId.ofHex("7fffffffffffffffffffffffffffffff"),
                KeyId.ofHex("80000000000000000000000000000000"),
                KeyId.ofHex("ffffffffffffffffffffffffffffffff"));
        List<KeyId> shuffled = new ArrayList<>(kids);
        Collections.shuffle(shuffled, new Random(1));
        shuffled.forEach(kid -> keys.create(OWNER, key(kid)));
        keys.create(OTHER_OWNER, key(kid(3)));

        List<KeyId> seen = new ArrayList<>();
        Optional<KeyId> last = Optional.empty();
        List<StoredKey> page = keys.page(OWNER, null, 2);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            page.forEach(key -> seen.add(key.kid()));
            last = Optional.of(page.get(page.size() - 1).kid());
            page = keys.page(OWNER, last.get(), 2);
        }
        assertThat(seen).isEqualTo(kids);
        assertThat(last).contains(kids.get(4));
        assertThat(keys.page(OWNER, kid(1), 1)).containsExactly(key(kid(2)));
    }

    @Test
    void deletedAccount_takesItsKeysAlong() {
        keys.create(OWNER, key(kid(1)));
        keys.create(SAME_IN_TEST, key(kid(1)));
        keys.create(OTHER_OWNER, key(kid(1)));
        assertThat(accounts().delete(OWNER.account())).isTrue();
        assertThat(keys.count(OWNER)).isZero();
        assertThat(keys.count(SAME_IN_TEST)).isZero();
        assertThat(keys.count(OTHER_OWNER)).isEqualTo(1);
        assertThatThrownBy(() -> keys.create(OWNER, key(kid(1)))).isInstanceOf(StorageException.class);
    }

    private Accounts accounts() {
        Clock clock = Clock.systemUTC();
        return new Accounts(
                database,
                new AuthenticatorHash(new byte[32]),
                new Audit(database, clock, "tester"),
                clock,
                new RepeatableRandom(1));
    }

    @Test
    void changesAndDeletions_areToldSinceARevision_newKeysAreNot() {
        keys.create(OWNER, key(kid(1)));
        keys.create(OTHER_OWNER, key(kid(2)));
        assertThat(keys.revision()).isZero();
        keys.update(OWNER, kid(1), key -> withEk(key, OTHER_EK));
        long between = keys.revision();
        otherNode.delete(OTHER_OWNER, kid(2));
        assertThat(keys.changedSince(0))
                .extracting(KeyChange::key)
                .containsExactlyInAnyOrder(new OwnedKeyId(OWNER, kid(1)), new OwnedKeyId(OTHER_OWNER, kid(2)));
        assertThat(keys.changedSince(between))
                .extracting(KeyChange::key)
                .containsExactly(new OwnedKeyId(OTHER_OWNER, kid(2)));
        assertThat(keys.changedSince(keys.revision())).isEmpty();
    }

    @Test
    void changes_areForgottenAfterAnHour() {
        for (int i = 1; i <= 4; i++) {
            keys.create(OWNER, key(kid(i)));
        }
        keys.delete(OWNER, kid(1));
        keys.delete(OWNER, kid(2));
        database.inTransaction(handle -> handle.execute("""
                update stored_key_change
                   set changed_at = changed_at - case when revision = 1 then interval '61' minute else interval '59' minute end
                """));
        keys.delete(OWNER, kid(3));
        assertThat(keys.changedSince(0))
                .extracting(change -> change.key().kid())
                .containsExactlyInAnyOrder(kid(2), kid(3));
        assertThat(keys.revision()).isEqualTo(3);
    }

    @Test
    void listeners_areToldOfWhatIsDoneHere() {
        List<KeyId> told = Collections.synchronizedList(new ArrayList<>());
        keys.addListener(change -> told.add(change.key().kid()));
        keys.create(OWNER, key(kid(1)));
        keys.create(OWNER, key(kid(1)));
        keys.createAll(OWNER, List.of(key(kid(1)), key(kid(2))));
        keys.update(OWNER, kid(2), key -> key);
        keys.update(OWNER, kid(3), key -> key);
        keys.delete(OWNER, kid(1));
        keys.delete(OWNER, kid(1));
        otherNode.delete(OWNER, kid(2));
        assertThat(told).containsExactly(kid(1), kid(2), kid(2), kid(1));
    }

    @Test
    void auditedKeys_leaveARowForEachChange() {
        Audit audit = new Audit(database, Clock.systemUTC(), "tester");
        StoredKeys audited = new DatabaseKeys(database, audit);
        audited.createAll(OWNER, List.of(key(kid(1)), key(kid(1)), key(kid(2))));
        audited.update(OWNER, kid(2), key -> key);
        audited.update(OWNER, kid(3), key -> key);
        audited.delete(SAME_IN_TEST, kid(1));
        audited.delete(OWNER, kid(1));
        keys.delete(OWNER, kid(2));
        assertThat(audit.list(OptionalLong.of(OWNER.account()), 10))
                .extracting(entry -> entry.action() + " " + entry.details())
                .containsExactly(
                        "key delete environment=production kid=" + kid(1),
                        "key set environment=production kid=" + kid(2),
                        "key create environment=production kid=" + kid(2),
                        "key create environment=production kid=" + kid(1));
    }

    @Test
    void databaseOutOfReach_isSaid() {
        database.close();
        assertThatThrownBy(() -> keys.create(OWNER, key(kid(1)))).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> keys.update(OWNER, kid(1), key -> key)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> keys.delete(OWNER, kid(1))).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> keys.find(OWNER, kid(1))).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> keys.findAll(OWNER, List.of(kid(1)))).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> keys.page(OWNER, null, 1)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> keys.count(OWNER)).isInstanceOf(StorageException.class);
    }

    private StoredKeys node(int number) {
        return number % 2 == 0 ? keys : otherNode;
    }

    private static StoredKey withInfo(KeyId kid, String info) {
        return new StoredKey(kid, EK, "#1.", info, null, null, NOW);
    }

    /** What all of them come to, when none begins before the others. */
    private static <T> List<T> atOnce(List<Callable<T>> all) throws Exception {
        CyclicBarrier start = new CyclicBarrier(all.size());
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try {
            List<Future<T>> begun = new ArrayList<>();
            for (Callable<T> one : all) {
                begun.add(threads.submit(() -> {
                    start.await();
                    return one.call();
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> one : begun) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
