package io.playgrant.token;

import io.playgrant.TestSecrets;
import io.playgrant.account.AccountBuilder;
import io.playgrant.account.Caller;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.token.sealing.ContentEncryption;
import io.playgrant.token.sealing.CoseEncrypt;
import io.playgrant.token.sealing.KeyRing;
import io.playgrant.token.sealing.RingKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rings, callers and claims for tests; every call makes new ones. */
public final class SampleTokens {

    public static final SecureRandom RANDOM = new SecureRandom();
    public static final Clock CLOCK = Clock.fixed(SampleRequest.NOW, ZoneOffset.UTC);
    public static final long ACCOUNT = 2_147_483_647L;

    public static final String PRODUCTION_ID = "a0a1a2a3a4a5a6a7";
    public static final String TEST_ID = "b0b1b2b3b4b5b6b7";
    public static final String OLD_ID = "c0c1c2c3c4c5c6c7";
    public static final String PRODUCTION_SECRET =
            secret("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    public static final String TEST_SECRET = secret("60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752");
    public static final String OLD_SECRET = secret("fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13");

    private SampleTokens() {}

    public static RingKey production() {
        return new RingKey(PRODUCTION_ID, Environment.PRODUCTION, bytes(PRODUCTION_SECRET));
    }

    public static RingKey test() {
        return new RingKey(TEST_ID, Environment.TEST, bytes(TEST_SECRET));
    }

    public static RingKey old() {
        return new RingKey(OLD_ID, Environment.PRODUCTION, bytes(OLD_SECRET));
    }

    /** An active key for each environment and an old one of production. */
    public static KeyRing ring() {
        return ring(production(), test(), old());
    }

    /** The first key is production's active one, the second that of the test environment. */
    public static KeyRing ring(RingKey production, RingKey test, RingKey... others) {
        Map<String, RingKey> keys = new HashMap<>(Map.of(production.id(), production, test.id(), test));
        for (RingKey other : others) {
            keys.put(other.id(), other);
        }
        return new KeyRing(keys, Map.of(Environment.PRODUCTION, production, Environment.TEST, test));
    }

    public static Caller caller(Profile profile, Environment environment) {
        return new Caller(new AccountBuilder().number(ACCOUNT).profile(profile).build(), environment);
    }

    /** What a token says that has only what it must have. */
    public static Claims minimalClaims() {
        return new ClaimsBuilder().build();
    }

    /** What a token says that has all it may have. */
    public static Claims fullClaims() {
        return new Claims(
                Long.MAX_VALUE,
                Environment.TEST,
                "ff0102030405060708090a0b0c0d0eff",
                Instant.parse("2026-03-01T12:00:00Z"),
                Instant.parse("2126-03-31T12:00:00Z"),
                Instant.parse("1926-03-02T12:00:00Z"),
                keys(16),
                "\uD83D\uDE00".repeat(22) + "x".repeat(42),
                Integer.MAX_VALUE,
                1,
                Instant.parse("2126-04-30T12:00:00Z"),
                true,
                List.of(
                        WvExtension.of("abcd", new byte[] {0}),
                        WvExtension.of("\u00e9\u00e9\u00e9\u00e9", new byte[300])),
                "\u00e9".repeat(32),
                "2001:db8::/32",
                1_000);
    }

    public static List<TokenKey> keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> new TokenKey(
                        KeyId.ofHex(SampleRequest.kid(index)),
                        ContentKey.ofHex(SampleRequest.contentKey(index)),
                        SecurityLevel.of(1 + index % 5),
                        HdcpOutputControl.of(index % 6),
                        TrackType.of(index % 5)))
                .toList();
    }

    /** A token of this plaintext, made without the sealer. */
    public static CoseEncrypt seal(RingKey key, byte[] plaintext) {
        byte[] salt = new byte[CoseEncrypt.SALT_LENGTH];
        RANDOM.nextBytes(salt);
        byte[] iv = new byte[CoseEncrypt.IV_LENGTH];
        byte[] ciphertext = ContentEncryption.seal(ContentEncryption.deriveKey(key.secret(), salt), iv, plaintext);
        return new CoseEncrypt(bytes(key.id()), salt, iv, ciphertext);
    }

    /** A token of these claims as text, sealed with the key of its environment. */
    public static String sealed(Claims claims) {
        RingKey key = claims.environment() == Environment.TEST ? test() : production();
        return base64(seal(key, ClaimsCodec.encode(claims)).encode());
    }

    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Marked in both ways in which it could be written. */
    private static String secret(String hex) {
        TestSecrets.secret(base64(bytes(hex)));
        return TestSecrets.secret(hex);
    }
}
