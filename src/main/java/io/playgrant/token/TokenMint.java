package io.playgrant.token;

import io.playgrant.account.Caller;
import io.playgrant.account.Profile;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.sealing.KeyRing;
import io.playgrant.token.sealing.TokenSealer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Mints tokens (protocol section 4). Thread-safe. */
public final class TokenMint {

    private static final String PERSISTENT = "00000001";
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final TokenSealer sealer;
    private final Clock clock;
    private final ThreadLocal<TokenIds> tokenIds;

    /**
     * A mint.
     *
     * @param ring supplies the current key ring, for every token
     * @param clock the time of issue
     * @param random token ids and salts
     */
    public TokenMint(Supplier<KeyRing> ring, Clock clock, SecureRandom random) {
        this.sealer = new TokenSealer(ring, clock, random);
        this.clock = clock;
        this.tokenIds = ThreadLocal.withInitial(() -> new TokenIds(random));
    }

    /**
     * Mints the token for a request.
     *
     * @param request the request, validated for the caller's profile
     * @param caller the caller
     * @param keys the keys for {@link TokenRequest#keys()}, in the same order, or those of its content
     * @throws TokenException {@link ErrorCode#INVALID_EXPIRATION_TIME} if the token has expired since the validation
     */
    public LicenseToken mint(TokenRequest request, Caller caller, List<TokenKey> keys) {
        Instant now = clock.instant();
        // As Instant.truncatedTo, which takes five times as long.
        Instant second = Instant.ofEpochSecond(now.getEpochSecond());
        Claims claims = claims(request, caller, keys, second);
        byte[] plaintext = ClaimsCodec.encode(claims);
        try {
            byte[] sealed = sealer.seal(caller.environment(), plaintext, now).encode();
            return new LicenseToken(claims, BASE64URL.encodeToString(sealed));
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    private Claims claims(TokenRequest request, Caller caller, List<TokenKey> keys, Instant now) {
        boolean lenient = caller.account().profile() == Profile.LENIENT;
        return new Claims(
                caller.account().number(),
                caller.environment(),
                tokenIds.get().next(),
                now,
                expiresAt(request, now),
                request.notBefore().isAbsent()
                        ? null
                        : TimeParameter.parse(request.notBefore().value(), now),
                keys,
                textOrNull(request.contentId()),
                lenient ? numberOrNull(request.licenseDuration()) : null,
                playbackDuration(request, lenient),
                request.rentalEnd(now),
                !request.generalFlags().isAbsent()
                        && request.generalFlags().value().equals(PERSISTENT),
                extensions(request.wvExtension()),
                textOrNull(request.cookie()),
                textOrNull(request.ipAddress()),
                numberOrNull(request.maxRedemptions()));
    }

    private static Instant expiresAt(TokenRequest request, Instant now) {
        Instant expiresAt;
        try {
            expiresAt = request.expiresAt(now);
        } catch (DateTimeException e) {
            throw TokenException.of(ErrorCode.INVALID_EXPIRATION_TIME);
        }
        if (!expiresAt.isAfter(now)) {
            throw TokenException.of(
                    ErrorCode.INVALID_EXPIRATION_TIME, "the time has come while the request was served");
        }
        return expiresAt;
    }

    /** The smallest limit of playback; licenseDuration is one of them only in the strict profile (protocol section 2). */
    private static @Nullable Integer playbackDuration(TokenRequest request, boolean lenient) {
        return smaller(
                numberOrNull(request.playbackDuration()),
                smaller(
                        lenient ? null : numberOrNull(request.licenseDuration()),
                        request.isRental() ? numberOrNull(request.rentalPlayDuration()) : null));
    }

    private static @Nullable Integer smaller(@Nullable Integer one, @Nullable Integer other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.min(one, other);
    }

    private static List<WvExtension> extensions(Parameter parameter) {
        return parameter.isAbsent()
                ? List.of()
                : parameter.values().stream().map(WvExtension::parse).toList();
    }

    private static @Nullable String textOrNull(Parameter parameter) {
        return parameter.isAbsent() ? null : parameter.value();
    }

    private static @Nullable Integer numberOrNull(Parameter parameter) {
        return parameter.isAbsent() ? null : Integer.valueOf(parameter.intValue());
    }

    /**
     * The token ids of one thread. All threads share the source of randomness and its lock, and its cost is mostly that of a call, so that a
     * thread draws many ids at once. No bytes are used twice, and none stay in memory after their use.
     */
    private static final class TokenIds {

        private static final int LENGTH = 16;

        private final SecureRandom random;
        private final byte[] drawn = new byte[64 * LENGTH];
        private int used = drawn.length;

        TokenIds(SecureRandom random) {
            this.random = random;
        }

        /** A new token id: 32 hexadecimal digits. */
        String next() {
            if (used == drawn.length) {
                random.nextBytes(drawn);
                used = 0;
            }
            int start = used;
            used += LENGTH;
            String id = HexFormat.of().formatHex(drawn, start, used);
            Arrays.fill(drawn, start, used, (byte) 0);
            return id;
        }
    }
}
