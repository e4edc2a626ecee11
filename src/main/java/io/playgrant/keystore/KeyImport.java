package io.playgrant.keystore;

import io.playgrant.contentkey.Kek;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.StoredKeys.Created;
import io.playgrant.keystore.StoredKeys.Owner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Imports keys, many in one transaction. Each key must have an id and a value; none is generated. */
public final class KeyImport {

    private final StoredKeys keys;
    private final KeyService service;
    private final Owner owner;
    private final @Nullable Kek kek;

    /**
     * An import.
     *
     * @param service applies the rules for keys
     * @param kek wraps keys in clear, and must unwrap the others; null if all keys are wrapped
     */
    public KeyImport(StoredKeys keys, KeyService service, Owner owner, @Nullable Kek kek) {
        this.keys = keys;
        this.service = service;
        this.owner = owner;
        this.kek = kek;
    }

    /** The result for a key. */
    public enum Kind {
        /** The key was stored. */
        IMPORTED,
        /** The same value was already stored under its id, and remains unchanged. */
        PRESENT,
        /** The key was not stored. */
        REFUSED
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
                offered.add(key(some.get(i)));
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

    private StoredKey key(KeyFields fields) {
        if (!fields.has("ek") && !fields.has("k")) {
            throw missing("ek or k");
        }
        return service.newKey(fields.kid().orElseThrow(() -> missing("kid")), fields, kek);
    }

    private static Outcome outcome(Created created, StoredKey offered) {
        if (created.isNew()) {
            return Outcome.IMPORTED;
        }
        // The same key with the same kek always wraps to the same bytes.
        return created.key().ek().equals(offered.ek())
                ? Outcome.PRESENT
                : Outcome.refused(
                        "a different key, or the same key under a different kek, is already stored under its kid");
    }

    private static TokenException missing(String member) {
        return TokenException.of(ErrorCode.KEYSTORE_INVALID_PARAMETERS, member + " is missing");
    }
}
