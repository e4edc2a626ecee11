package io.playgrant.keystore.packaging;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.DatabaseKeys;
import io.playgrant.keystore.KeyCache;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.keystore.held.HeldKeys;
import io.playgrant.keystore.held.TestStorageRing;
import io.playgrant.keystore.packaging.PackagingException.Reason;
import io.playgrant.packager.PackagerKey;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.StorageException;
import io.playgrant.storage.StorageRetry;
import io.playgrant.storage.TestDatabase;
import io.playgrant.time.Schedule;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class PackagerKeysTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Owner OWNER = new Owner(1, Environment.PRODUCTION);
    private static final KeyId CHOSEN = KeyId.ofHex("00112233445566778899aabbccddeeff");
    private static final int MOST_PERIODS = 12;

    @AutoClose
    private final Schedule schedule = new Schedule();

    @AutoClose
    private Node node;

    @AutoClose
    private Node otherNode;

    /** What a server has. */
    private static final class Node implements AutoCloseable {

        private final Database database;
        private final DatabaseKeys stored;
        private final KeyCache cache;
        private final PackagerKeys keys;

        private Node(Database database, Schedule schedule) {
            this.database = database;
            this.stored = new DatabaseKeys(database);
            this.cache = new KeyCache(stored, Clock.systemUTC(), Duration.ofMinutes(1), id -> true, schedule);
            HeldKeys held = TestStorageRing.heldKeys();
            PeriodLimits limits = new PeriodLimits(MOST_PERIODS, Optional.of(Duration.ofDays(30)));
            this.keys = new PackagerKeys(
                    new KeyDrawing(database, stored, held, limits, CLOCK, new SecureRandom()), cache, held, CLOCK);
        }

        private List<PackagerKey> obtain(Owner owner, List<KeyIdentity> identities) {
            return marked(keys.obtain(owner, identities, StorageRetry.never()));
        }

        private List<PackagerKey> obtainByKid(String contentId, RequestedKey... requested) {
            return marked(keys.obtainByKid(OWNER, contentId, List.of(requested), StorageRetry.never()));
        }

        private long count(String table) {
            return database.withHandle(handle -> handle.createQuery("select count(*) from " + table)
                    .mapTo(Long.class)
                    .one());
        }

        @Override
        public void close() {
            cache.close();
            database.close();
        }
    }

    @BeforeEach
    void open(TestDatabase databases) {
        node = new Node(databases.open(), schedule);
        otherNode = new Node(databases.open(), schedule);
        for (long account : new long[] {1, 2}) {
            node.database.inTransaction(handle -> handle.execute("""
                    insert into account (number, name, profile, enabled, widevine, networks, created_at, revision)
                    values (?, 'Sample', 'strict', true, true, '', current_timestamp, 0)
                    """, account));
        }
    }

    @Test
    void obtain_drawsAKeyForEachIdentity_onceAndForAll() {
        List<KeyIdentity> identities = identities("film", "SD", "HD", "AUDIO");
        List<PackagerKey> keys = node.obtain(OWNER, identities);
        assertThat(keys).extracting(PackagerKey::kid).doesNotHaveDuplicates();
        assertThat(keys).extracting(PackagerKey::key).doesNotHaveDuplicates();
        assertThat(keys).extracting(PackagerKey::type).containsExactly("SD", "HD", "AUDIO");
        assertThat(keys).extracting(PackagerKey::contentId).containsOnly("film");
        assertThat(keys).allSatisfy(key -> assertThat(key.kid().toString()).matches(".{12}4.{3}[89ab].{15}"));
        assertThat(node.obtain(OWNER, identities)).isEqualTo(keys);
        assertThat(otherNode.obtain(OWNER, identities("film", "AUDIO", "SD")))
                .containsExactly(keys.get(2), keys.get(0));
    }

    @Test
    void obtain_isOneSet_ifFiftyFirstRequestsComeAtOnce_onTwoNodes() throws Exception {
        List<KeyIdentity> identities = identities("film", "SD", "HD", "UHD1", "UHD2", "AUDIO");
        CyclicBarrier start = new CyclicBarrier(50);
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            List<Future<List<PackagerKey>>> begun = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> {
                        List<KeyIdentity> own = new ArrayList<>(identities);
                        Collections.rotate(own, i);
                        start.await();
                        return (i % 2 == 0 ? node : otherNode)
                                .keys.obtain(OWNER, own, StorageRetry.within(Duration.ofSeconds(60)));
                    }))
                    .toList();
            List<PackagerKey> all = new ArrayList<>();
            for (Future<List<PackagerKey>> one : begun) {
                all.addAll(marked(one.get()));
            }
            assertThat(all.stream().distinct()).hasSize(5);
            assertThat(node.count("stored_key")).isEqualTo(5);
            assertThat(node.count("packager_key")).isEqualTo(5);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void obtain_tellsIdentitiesApart() {
        List<PackagerKey> all = new ArrayList<>();
        for (Owner owner : List.of(OWNER, new Owner(1, Environment.TEST), new Owner(2, Environment.PRODUCTION))) {
            all.addAll(node.obtain(owner, identities("film", "SD")));
            all.addAll(node.obtain(owner, identities("film-2", "SD")));
            all.addAll(node.obtain(
                    owner,
                    List.of(
                            new KeyIdentity(bytes("film"), "HD", "", OptionalLong.empty()),
                            new KeyIdentity(bytes("film"), "HD", "HDR", OptionalLong.empty()),
                            new KeyIdentity(bytes("film"), "HD", "", OptionalLong.of(0)),
                            new KeyIdentity(bytes("film"), "HD", "", OptionalLong.of(1)))));
        }
        assertThat(all).hasSize(18);
        assertThat(all).extracting(PackagerKey::kid).doesNotHaveDuplicates();
    }

    @Test
    void drawnKeys_areOrdinaryStoredKeys_thatTheServiceHolds() {
        List<PackagerKey> keys = node.obtain(OWNER, identities("film", "SD", "UHD2", "AUDIO", "UNKNOWN"));
        List<StoredKey> stored = keys.stream()
                .map(key -> otherNode.stored.find(OWNER, key.kid()).orElseThrow())
                .toList();
        assertThat(stored).extracting(StoredKey::heldBy).containsOnly(TestStorageRing.ID);
        assertThat(stored).extracting(StoredKey::contentId).containsOnly("film");
        assertThat(stored).extracting(StoredKey::trackType).containsExactly(0, 4, 2, null);
        assertThat(stored).extracting(StoredKey::expiration).containsOnlyNulls();
        assertThat(TestStorageRing.heldKeys().open(stored.get(0).ek(), TestStorageRing.ID))
                .isEqualTo(keys.get(0).key());
    }

    @Test
    void knownKeys_areServedWhileTheDatabaseIsAway_andNewOnesAreNot() {
        List<KeyIdentity> identities = identities("film", "SD", "HD");
        List<PackagerKey> drawn = node.obtain(OWNER, identities);
        List<PackagerKey> chosen = node.obtainByKid("film", chosen(CHOSEN));
        node.database.close();
        assertThat(node.obtain(OWNER, identities)).isEqualTo(drawn);
        assertThat(node.obtainByKid("film", chosen(CHOSEN))).isEqualTo(chosen);
        assertThat(node.keys.find(OWNER, drawn.get(0).kid())).contains(drawn.get(0));
        assertThatThrownBy(() -> node.obtain(OWNER, identities("film", "SD", "AUDIO")))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> node.obtainByKid("film", chosen(KeyId.ofName("other"))))
                .isInstanceOf(StorageException.class);
    }

    @Test
    void obtain_drawsAnotherKey_onceAnOperatorHasDeletedIt() {
        List<PackagerKey> first = node.obtain(OWNER, identities("film", "SD", "HD"));
        node.stored.delete(OWNER, first.get(0).kid());
        List<PackagerKey> second = node.obtain(OWNER, identities("film", "SD", "HD"));
        assertThat(second.get(0).kid()).isNotEqualTo(first.get(0).kid());
        assertThat(second.get(1)).isEqualTo(first.get(1));
        assertThat(node.count("packager_key")).isEqualTo(2);
    }

    @Test
    void obtainByKid_drawsTheKeyOfAChosenId_onceAndForAll() {
        RequestedKey requested = new RequestedKey(CHOSEN, "HD1", OptionalLong.of(42));
        List<PackagerKey> keys = node.obtainByKid("film", requested);
        assertThat(keys).extracting(PackagerKey::kid).containsExactly(CHOSEN);
        assertThat(keys.get(0).type()).isEqualTo("HD1");
        assertThat(keys.get(0).period()).hasValue(42);
        assertThat(node.obtainByKid("film", requested)).isEqualTo(keys);
        assertThat(otherNode.obtainByKid("film", requested)).isEqualTo(keys);
        assertThat(otherNode.keys.find(OWNER, CHOSEN)).contains(keys.get(0));
        assertThat(node.stored.find(OWNER, CHOSEN).orElseThrow().trackType()).isEqualTo(1);
    }

    @Test
    void obtainByKid_refusesAKeyOfAnotherContent_andStoresNothing() {
        node.obtainByKid("film", chosen(CHOSEN));
        for (Node one : List.of(node, otherNode)) {
            assertRefused(
                    () -> one.obtainByKid("film-2", chosen(CHOSEN), chosen(KeyId.ofName("new"))), Reason.OTHER_CONTENT);
        }
        assertThat(node.count("stored_key")).isEqualTo(1);
        assertThat(node.count("packager_key")).isEqualTo(1);
    }

    @Test
    void obtainByKid_refusesAKeyThatAClientsKekWraps_andStoresNothing() {
        EncryptedKey ek = EncryptedKey.ofHex(secret("64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae8"));
        node.stored.create(OWNER, new StoredKey(CHOSEN, ek, "", null, "film", null, NOW));
        assertRefused(() -> node.obtainByKid("film", chosen(CHOSEN), chosen(KeyId.ofName("new"))), Reason.NOT_HELD);
        assertThat(node.count("stored_key")).isEqualTo(1);
        assertThat(node.count("packager_key")).isZero();
        assertThat(node.keys.find(OWNER, CHOSEN)).isEmpty();
    }

    @Test
    void periods_areLimitedForEachContent_andExpire() {
        List<PackagerKey> keys = node.obtain(OWNER, periods("film", 0, 10));
        assertThat(keys).extracting(PackagerKey::period).contains(OptionalLong.of(0), OptionalLong.of(9));
        assertThat(node.stored.find(OWNER, keys.get(0).kid()).orElseThrow().expiration())
                .isEqualTo(NOW.plus(Duration.ofDays(30)));
        assertRefused(() -> node.obtain(OWNER, periods("film", 10, 10)), Reason.TOO_MANY_PERIODS);
        assertThat(node.obtain(OWNER, periods("film", 2, 10))).hasSize(20);
        assertThat(node.obtain(OWNER, periods("film-2", 0, 10))).hasSize(20);
        assertThat(node.obtain(OWNER, periods("film", 0, 10))).isEqualTo(keys);
    }

    @Test
    void obtainByKid_limitsPeriods_andShortensTypes() {
        node.obtain(OWNER, periods("film", 0, MOST_PERIODS));
        RequestedKey next = new RequestedKey(CHOSEN, "SD", OptionalLong.of(MOST_PERIODS));
        assertRefused(() -> node.obtainByKid("film", next), Reason.TOO_MANY_PERIODS);
        String types = "STEREO_AUDIO+MULTICHANNEL_AUDIO+MULTICHANNEL_AUDIO_3_6+MULTICHANNEL_AUDIO_7";
        node.obtainByKid("film-2", new RequestedKey(CHOSEN, types, OptionalLong.empty()));
        assertThat(otherNode.keys.find(OWNER, CHOSEN).orElseThrow().type()).isEqualTo(types.substring(0, 64));
        assertThat(node.stored.find(OWNER, CHOSEN).orElseThrow().trackType()).isEqualTo(2);
    }

    @Test
    void find_byContentAndType_findsTheOnlyKey_orTheOneWithoutFeature() {
        PackagerKey chosen = node.obtainByKid("film", new RequestedKey(CHOSEN, "HD1", OptionalLong.empty()))
                .get(0);
        assertThat(otherNode.keys.find(OWNER, "film", "HD")).contains(chosen);
        PackagerKey drawn = node.obtain(OWNER, identities("film", "HD")).get(0);
        node.obtain(OWNER, periods("film", 0, 1));
        assertThat(node.keys.find(OWNER, "film", "HD")).contains(drawn);
        assertThat(node.keys.find(OWNER, "film", "SD")).isEmpty();
        assertThat(drawn.kid()).isNotEqualTo(CHOSEN);
    }

    @Test
    void current_hasAllKeysOfAContent_orSome() {
        List<PackagerKey> keys = node.obtain(OWNER, identities("film", "SD", "HD"));
        node.obtain(OWNER, identities("film-2", "SD"));
        assertThat(otherNode.keys.current(OWNER, "film", List.of())).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(otherNode.keys.current(OWNER, "film", List.of(keys.get(1).kid())))
                .containsExactly(keys.get(1));
        assertThat(otherNode.keys.current(OWNER, "film-2", List.of(keys.get(1).kid())))
                .isEmpty();
        assertThat(otherNode.keys.current(OWNER, "film-3", List.of())).isEmpty();
    }

    @Test
    void current_refusesToLeaveKeysOut() {
        RequestedKey[] many = IntStream.rangeClosed(0, 100)
                .mapToObj(i -> new RequestedKey(KeyId.ofName("key " + i), "SD", OptionalLong.empty()))
                .toArray(RequestedKey[]::new);
        List<PackagerKey> keys = node.obtainByKid("film", many);
        assertRefused(() -> node.keys.current(OWNER, "film", List.of()), Reason.TOO_MANY_KEYS);
        List<KeyId> all = keys.stream().map(PackagerKey::kid).toList();
        assertThat(node.keys.current(OWNER, "film", all)).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void find_isEmptyForUnknownKeys_andThoseOfOthers() {
        PackagerKey key = node.obtain(OWNER, identities("film", "SD")).get(0);
        assertThat(node.keys.find(OWNER, KeyId.ofName("unknown"))).isEmpty();
        assertThat(node.keys.find(new Owner(1, Environment.TEST), key.kid())).isEmpty();
        assertThat(otherNode.keys.find(OWNER, "film", "SD")).contains(key);
        assertThat(otherNode.keys.find(OWNER, "film", "HD")).isEmpty();
        assertThat(otherNode.keys.find(new Owner(2, Environment.PRODUCTION), "film", "SD"))
                .isEmpty();
        assertThat(node.count("stored_key")).isEqualTo(1);
    }

    @Test
    void deletionOfAnAccount_takesItsKeys() {
        node.obtain(OWNER, identities("film", "SD"));
        node.database.inTransaction(handle -> handle.execute("delete from account where number = 1"));
        assertThat(node.count("packager_key")).isZero();
    }

    private static List<KeyIdentity> identities(String content, String... types) {
        return Stream.of(types)
                .map(type -> new KeyIdentity(bytes(content), type, "", OptionalLong.empty()))
                .toList();
    }

    private static List<KeyIdentity> periods(String content, long first, int count) {
        return LongStream.range(first, first + count)
                .boxed()
                .flatMap(period -> Stream.of("SD", "AUDIO")
                        .map(type -> new KeyIdentity(bytes(content), type, "", OptionalLong.of(period))))
                .toList();
    }

    private static RequestedKey chosen(KeyId kid) {
        return new RequestedKey(kid, "VIDEO", OptionalLong.empty());
    }

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private static List<PackagerKey> marked(List<PackagerKey> keys) {
        keys.forEach(key -> secret(key.key().revealHex()));
        return keys;
    }

    private static void assertRefused(ThrowingCallable call, Reason reason) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PackagingException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
