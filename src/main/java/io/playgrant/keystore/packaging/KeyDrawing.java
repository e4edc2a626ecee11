package io.playgrant.keystore.packaging;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.DatabaseKeys;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys.Created;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.keystore.held.HeldKeys;
import io.playgrant.keystore.packaging.PackagerKeyTable.Row;
import io.playgrant.keystore.packaging.PackagingException.Reason;
import io.playgrant.packager.ContentIdText;
import io.playgrant.storage.Database;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys of packagers in the database, and draws those that do not exist.
 *
 * <p>A transaction inserts the rows of packagers first, in one order, so that two of them never deadlock. Whoever inserts a row inserts its
 * key; everybody else waits for that transaction and reads.
 */
public final class KeyDrawing {

    private static final int VERSION_BYTE = 6;
    private static final int VARIANT_BYTE = 8;

    /** The length of the database column. */
    private static final int LONGEST_TYPE = 64;

    /** As many as a document may have. */
    private static final int MOST_OF_CONTENT = 100;

    private final Database database;
    private final DatabaseKeys keys;
    private final HeldKeys held;
    private final PeriodLimits limits;
    private final Clock clock;
    private final SecureRandom random;

    /** Draws keys, which are wrapped by the storage ring and stored. */
    public KeyDrawing(
            Database database,
            DatabaseKeys keys,
            HeldKeys held,
            PeriodLimits limits,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.keys = keys;
        this.held = held;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
    }

    /** The keys of identities of one content, in their order. */
    List<DescribedKey> obtain(Owner owner, List<KeyIdentity> identities) {
        Map<KeyIdentity, StoredKey> found = new HashMap<>();
        List<Created> drawn = new ArrayList<>();
        // An operator may delete a key between the reading of its row and that of the key itself; then the next round
        // draws another one.
        List<KeyIdentity> different = identities.stream().distinct().toList();
        while (found.size() < different.size()) {
            drawn.clear();
            found = database.inTransaction(transaction -> obtain(transaction, owner, different, drawn));
        }
        Map<KeyIdentity, StoredKey> all = found;
        keys.announce(owner, drawn);
        return identities.stream()
                .map(identity -> describe(all.get(identity), identity.type(), identity.period()))
                .toList();
    }

    private Map<KeyIdentity, StoredKey> obtain(
            Handle transaction, Owner owner, List<KeyIdentity> identities, List<Created> drawn) {
        Map<KeyIdentity, KeyId> kids = PackagerKeyTable.find(transaction, owner, identities);
        List<KeyIdentity> missing = identities.stream()
                .filter(identity -> !kids.containsKey(identity))
                .sorted(KeyIdentity.ORDER)
                .toList();
        Map<KeyIdentity, StoredKey> all = new HashMap<>();
        if (!missing.isEmpty()) {
            checkPeriods(
                    transaction,
                    owner,
                    Sha256.of(missing.get(0).contentId()),
                    missing.stream().map(KeyIdentity::period));
            all.putAll(draw(transaction, owner, missing, drawn));
            kids.putAll(PackagerKeyTable.find(transaction, owner, missing));
        }
        Map<KeyId, StoredKey> stored = DatabaseKeys.findWithin(transaction, owner, kids.values());
        kids.forEach((identity, kid) -> {
            StoredKey key = stored.get(kid);
            if (key != null) {
                all.put(identity, key);
            }
        });
        return all;
    }

    private void checkPeriods(Handle transaction, Owner owner, byte[] content, Stream<OptionalLong> periods) {
        LongSummaryStatistics more =
                periods.flatMapToLong(OptionalLong::stream).distinct().summaryStatistics();
        if (more.getCount() == 0) {
            return;
        }
        long there = PackagerKeyTable.countPeriodsOutside(
                transaction, owner, content, more.getMin(), more.getMax(), clock.instant());
        if (there + more.getCount() > limits.mostOfContent()) {
            throw new PackagingException(
                    Reason.TOO_MANY_PERIODS,
                    "A content has keys for at most " + limits.mostOfContent() + " crypto periods");
        }
    }

    /** Draws a key for each identity, unless another transaction has done so. */
    private Map<KeyIdentity, StoredKey> draw(
            Handle transaction, Owner owner, List<KeyIdentity> missing, List<Created> created) {
        List<Row> rows = missing.stream().map(this::newRow).toList();
        int[] inserted = PackagerKeyTable.insert(transaction, owner, rows);
        Map<KeyIdentity, StoredKey> drawn = new HashMap<>();
        for (int i = 0; i < inserted.length; i++) {
            if (inserted[i] == 1) {
                KeyIdentity identity = missing.get(i);
                drawn.put(
                        identity,
                        drawKey(
                                rows.get(i).kid(),
                                ContentIdText.of(identity.contentId()),
                                identity.type(),
                                identity.period()));
            }
        }
        created.addAll(keys.createWithin(transaction, owner, List.copyOf(drawn.values())));
        if (!created.stream().allMatch(Created::isNew)) {
            throw new IllegalStateException("a random key id is already in use");
        }
        return drawn;
    }

    private Row newRow(KeyIdentity identity) {
        return new Row(
                drawKid(), identity.digest(), Sha256.of(identity.contentId()), identity.type(), identity.period());
    }

    /** The keys whose ids a packager chose, in their order. */
    List<DescribedKey> obtainByKid(Owner owner, String contentId, List<RequestedKey> requested) {
        byte[] content = Sha256.of(contentId.getBytes(StandardCharsets.UTF_8));
        List<RequestedKey> inOrder = requested.stream()
                .sorted(Comparator.comparing(key -> key.kid().toString()))
                .toList();
        List<Created> drawn = new ArrayList<>();
        Map<KeyId, StoredKey> all = database.inTransaction(transaction -> {
            Map<KeyId, StoredKey> found = DatabaseKeys.findWithin(
                    transaction, owner, inOrder.stream().map(RequestedKey::kid).toList());
            List<RequestedKey> missing = inOrder.stream()
                    .filter(key -> !found.containsKey(key.kid()))
                    .toList();
            checkPeriods(transaction, owner, content, missing.stream().map(RequestedKey::period));
            PackagerKeyTable.insert(
                    transaction,
                    owner,
                    missing.stream()
                            .map(key -> new Row(key.kid(), null, content, shortened(key.type()), key.period()))
                            .toList());
            drawn.clear();
            drawn.addAll(keys.createWithin(
                    transaction,
                    owner,
                    missing.stream()
                            .map(key -> drawKey(key.kid(), contentId, key.type(), key.period()))
                            .toList()));
            drawn.forEach(created -> found.put(created.key().kid(), created.key()));
            found.values().forEach(key -> requireHeldFor(contentId, key));
            return found;
        });
        keys.announce(owner, drawn);
        return requested.stream()
                .map(key -> describe(all.get(key.kid()), key.type(), key.period()))
                .toList();
    }

    /** A key that the service holds. */
    Optional<DescribedKey> find(Owner owner, KeyId kid) {
        return database.withHandle(handle -> Optional.ofNullable(
                        DatabaseKeys.findWithin(handle, owner, List.of(kid)).get(kid))
                .filter(StoredKey::isHeld)
                .map(key -> name(handle, owner, key)));
    }

    /** Adds what packagers call a key. */
    private static DescribedKey name(Handle handle, Owner owner, StoredKey key) {
        return PackagerKeyTable.find(handle, owner, key.kid())
                .map(name -> new DescribedKey(key, name.type(), name.period()))
                .orElseGet(() -> new DescribedKey(key, TrackTypes.name(key.trackType()), OptionalLong.empty()));
    }

    /** The keys of a content that have not expired, in the order of their ids. */
    List<DescribedKey> current(Owner owner, String contentId) {
        List<StoredKey> current = keys.currentOf(owner, contentId, clock.instant(), MOST_OF_CONTENT + 1);
        if (current.size() > MOST_OF_CONTENT) {
            throw new PackagingException(
                    Reason.TOO_MANY_KEYS,
                    "the content has more than " + MOST_OF_CONTENT + " keys; choose some of them with kid");
        }
        return database.withHandle(
                handle -> current.stream().map(key -> name(handle, owner, key)).toList());
    }

    /** Those of these keys that belong to a content and have not expired, in the order of their ids. */
    List<DescribedKey> current(Owner owner, String contentId, List<KeyId> wanted) {
        Instant now = clock.instant();
        return database.withHandle(handle -> DatabaseKeys.findWithin(handle, owner, wanted).values().stream()
                .filter(key -> key.isHeld() && contentId.equals(key.contentId()) && !key.isExpired(now))
                .sorted(Comparator.comparing(StoredKey::kid))
                .map(key -> name(handle, owner, key))
                .toList());
    }

    /** The key id of an identity that has a key. */
    Optional<KeyId> find(Owner owner, KeyIdentity identity) {
        return database.withHandle(handle -> Optional.ofNullable(
                PackagerKeyTable.find(handle, owner, List.of(identity)).get(identity)));
    }

    private static String shortened(String type) {
        return type.length() <= LONGEST_TYPE ? type : type.substring(0, LONGEST_TYPE);
    }

    private static void requireHeldFor(String contentId, StoredKey key) {
        if (!key.isHeld()) {
            throw new PackagingException(
                    Reason.NOT_HELD,
                    "The key " + key.kid() + " is wrapped by a client's kek and cannot be opened here");
        }
        if (!contentId.equals(key.contentId())) {
            throw new PackagingException(Reason.OTHER_CONTENT, "The key " + key.kid() + " belongs to another content");
        }
    }

    private static DescribedKey describe(@Nullable StoredKey key, String type, OptionalLong period) {
        if (key == null) {
            throw new IllegalStateException("a key is missing");
        }
        return new DescribedKey(key, type, period);
    }

    private StoredKey drawKey(KeyId kid, String contentId, String type, OptionalLong period) {
        Instant now = clock.instant();
        String ringKey = held.activeId();
        return new StoredKey(
                kid,
                drawWrapped(ringKey),
                "",
                null,
                contentId,
                period.isPresent() ? limits.life().map(now::plus).orElse(null) : null,
                now,
                ringKey,
                TrackTypes.of(type));
    }

    private EncryptedKey drawWrapped(String ringKey) {
        byte[] bytes = new byte[ContentKey.LENGTH];
        random.nextBytes(bytes);
        ContentKey key = ContentKey.of(bytes);
        try {
            return held.wrap(key, ringKey);
        } finally {
            key.wipe();
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** A random UUID (RFC 9562, version 4), which some packagers demand. */
    private KeyId drawKid() {
        byte[] bytes = new byte[KeyId.LENGTH];
        random.nextBytes(bytes);
        bytes[VERSION_BYTE] = (byte) ((bytes[VERSION_BYTE] & 0x0f) | 0x40);
        bytes[VARIANT_BYTE] = (byte) ((bytes[VARIANT_BYTE] & 0x3f) | 0x80);
        return KeyId.of(bytes);
    }
}
