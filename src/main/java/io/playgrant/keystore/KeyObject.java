package io.playgrant.keystore;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key as clients see it, with the names of protocol section 6. Null members are omitted. Contains secrets.
 *
 * @param kid 32 hexadecimal digits
 * @param k the key in clear, 32 hexadecimal digits; null unless the request had the right kek
 * @param ek the wrapped key, 48 hexadecimal digits; null if the key has expired
 * @param kekId the name of the kek that wraps it; null if unknown
 * @param info free text
 * @param contentId the id of the content that it protects
 * @param expiration the time from which it is no longer used, RFC 3339
 * @param lastUpdate the time of its creation or last change, RFC 3339
 * @param held true if the service holds the key, so that neither its value nor the wrapped key is shown; otherwise null
 * @param trackType the kind of track that a held key encrypts, as in tokens; null if unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"kid", "k", "ek", "kekId", "info", "contentId", "expiration", "lastUpdate", "held", "trackType"})
public record KeyObject(
        String kid,
        @Nullable String k,
        @Nullable String ek,
        @Nullable String kekId,
        @Nullable String info,
        @Nullable String contentId,
        @Nullable String expiration,
        String lastUpdate,
        @Nullable Boolean held,
        @Nullable Integer trackType) {

    /** A key that a client's kek wraps. */
    public KeyObject(
            String kid,
            @Nullable String k,
            @Nullable String ek,
            @Nullable String kekId,
            @Nullable String info,
            @Nullable String contentId,
            @Nullable String expiration,
            String lastUpdate) {
        this(kid, k, ek, kekId, info, contentId, expiration, lastUpdate, null, null);
    }

    /** A key that the service holds. */
    static KeyObject ofHeld(StoredKey key) {
        return new KeyObject(
                key.kid().toString(),
                null,
                null,
                null,
                key.info(),
                key.contentId(),
                Objects.toString(key.expiration(), null),
                key.lastUpdate().toString(),
                true,
                key.trackType());
    }

    /** Whether the service holds the key. */
    @JsonIgnore
    public boolean isHeld() {
        return Boolean.TRUE.equals(held);
    }

    /** The id only. */
    @Override
    public String toString() {
        return "KeyObject[" + kid + "]";
    }
}
