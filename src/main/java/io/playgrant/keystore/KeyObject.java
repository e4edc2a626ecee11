package io.playgrant.keystore;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * A key as clients see it, in the names of protocol section 6; what is null is left out. Holds secrets.
 *
 * @param kid 32 hexadecimal digits
 * @param k the key in clear, 32 hexadecimal digits; null unless it was asked for with the right kek
 * @param ek the wrapped key, 48 hexadecimal digits; null if the key has expired
 * @param kekId which kek wraps it; null if nobody said so
 * @param info free text
 * @param contentId what it protects
 * @param expiration from when on it is not handed out, RFC 3339
 * @param lastUpdate when it was made or changed last, RFC 3339
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"kid", "k", "ek", "kekId", "info", "contentId", "expiration", "lastUpdate"})
public record KeyObject(
        String kid,
        @Nullable String k,
        @Nullable String ek,
        @Nullable String kekId,
        @Nullable String info,
        @Nullable String contentId,
        @Nullable String expiration,
        String lastUpdate) {

    /** The id only. */
    @Override
    public String toString() {
        return "KeyObject[" + kid + "]";
    }
}
