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

/** Stores keys that come from elsewhere, many in a transaction. Each brings its id and its value; nothing is drawn at random. */
public final class KeyImport {

    private final StoredKeys keys;
    private final KeyService service;
    private final Owner owner;
    private final @Nullable Kek kek;

    /**
     * An import.
     *
     * @param service the rules for them
     * @param kek what wraps those that come in clear, and opens the others; null if all come wrapped
     */
    public KeyImport(StoredKeys keys, KeyService service, Owner owner, @Nullable Kek kek) {
        this.keys = keys;
        this.service = service;
        this.owner = owner;
        this.kek = kek;
    }

    /** What came of a key. */
    public enum Kind {
        /** It is stored now. */
        IMPORTED,
        /** The same value was stored under its id before, and stays as it was. */
        PRESENT,
        /** It is not stored. */
        REFUSED
    }

    /**
     * What came of a key, and why.
     *
     * @param reason why it is refused, without any secret; otherwise empty
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
     * Stores keys, in one transaction.
     *
     * @return what came of each, in order
     * @throws io.playgrant.storage.StorageException if the storage is out of reach; none of them is stored then
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
        // The same key under the same kek is always wrapped to the same.
        return created.key().ek().equals(offered.ek())
                ? Outcome.PRESENT
                : Outcome.refused("another key, or the same under another kek, is stored under its kid");
    }

    private static TokenException missing(String member) {
        return TokenException.of(ErrorCode.KEYSTORE_INVALID_PARAMETERS, member + " is missing");
    }
}
