package io.playgrant.keystore;

import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.StoredKeys.Created;
import io.playgrant.keystore.StoredKeys.Owner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Imports keys, many in one transaction. Each key must have an id and a value; none is generated. */
public final class KeyImport {

    private final StoredKeys keys;
    private final Owner owner;
    private final Function<KeyFields, StoredKey> reader;
    private final BiPredicate<StoredKey, StoredKey> isSame;

    /**
     * An import of keys that a client's kek wraps.
     *
     * @param service applies the rules for keys
     * @param kek wraps keys in clear, and must unwrap the others; null if all keys are wrapped
     */
    public KeyImport(StoredKeys keys, KeyService service, Owner owner, @Nullable Kek kek) {
        this.keys = keys;
        this.owner = owner;
        this.reader = fields -> {
            if (!fields.has("ek") && !fields.has("k")) {
                throw missing("ek or k");
            }
            return service.newKey(kid(fields), fields, kek);
        };
        // The same key with the same kek always wraps to the same bytes.
        this.isSame = (there, offered) -> !there.isHeld() && there.ek().equals(offered.ek());
    }

    /**
     * An import of keys that the service will hold.
     *
     * @param service applies the rules for keys
     */
    public KeyImport(StoredKeys keys, HeldKeyService service, Owner owner) {
        this.keys = keys;
        this.owner = owner;
        this.reader = fields -> {
            if (!fields.has("k")) {
                throw missing("k");
            }
            return service.newKey(kid(fields), fields);
        };
        this.isSame = service::isSame;
    }

    /** The result for a key. */
    public enum Kind {
        /** The key was stored. */
        IMPORTED,
        /** The same value was already stored under its id, and remains unchanged. */
        PRESENT,
        /** The key was not stored. */
        REFUSED;

        /** The name in lower case, as in JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The result for a key, with the reason.
     *
     * @param reason why it was refused, without secrets; otherwise empty
     */
    public record Outcome(Kind kind, String reason) {

        private static final Outcome IMPORTED = new Outcome(Kind.IMPORTED, "");
        private static final Outcome PRESENT = new Outcome(Kind.PRESENT, "");

        /** A refusal. */
        public static Outcome refused(String reason) {
            return new Outcome(Kind.REFUSED, reason);
        }
    }

    /**
     * Stores keys in one transaction.
     *
     * @return the result for each key, in order
     * @throws io.playgrant.storage.StorageException if the storage is unreachable; then none of them is stored
     */
    public List<Outcome> store(List<KeyFields> some) {
        Outcome[] outcomes = new Outcome[some.size()];
        List<StoredKey> offered = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            try {
                offered.add(reader.apply(some.get(i)));
                places.add(i);
            } catch (TokenException e) {
                outcomes[i] = Outcome.refused(e.details());
            }
        }
        List<Created> created = keys.createAll(owner, offered);
        for (int i = 0; i < created.size(); i++) {
            outcomes[places.get(i)] = outcome(created.get(i), offered.get(i));
        }
        return Arrays.asList(outcomes);
    }

    private static KeyId kid(KeyFields fields) {
        return fields.kid().orElseThrow(() -> missing("kid"));
    }

    private Outcome outcome(Created created, StoredKey offered) {
        if (created.isNew()) {
            return Outcome.IMPORTED;
        }
        return isSame.test(created.key(), offered)
                ? Outcome.PRESENT
                : Outcome.refused(
                        "a different key, or the same key under a different kek, is already stored under its kid");
    }

    private static TokenException missing(String member) {
        return TokenException.of(ErrorCode.KEYSTORE_INVALID_PARAMETERS, member + " is missing");
    }
}
