package io.playgrant.account;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AuthenticatorHashTest {

    private static final byte[] KEY = HexFormat.of().parseHex(AccountRoom.HASH_KEY);
    private static final byte[] OTHER_KEY =
            HexFormat.of().parseHex(secret("c0ffee00112233445566778899aabbccddeeff0123456789abcdeffedcba9877"));
    private static final byte[] SECRET = HexFormat.of().parseHex(secret("0f1e2d3c4b5a69788796a5b4c3d2e1f0"));

    private final AuthenticatorHash hash = new AuthenticatorHash(KEY);

    @Test
    void of_isTheHmacOfNumberAndSecret() throws GeneralSecurityException {
        byte[] message = ByteBuffer.allocate(24).putLong(1001).put(SECRET).array();
        assertThat(hash.of(1001, SECRET)).isEqualTo(hmac(KEY, message));
    }

    @Test
    void of_dependsOnKeyNumberAndSecret() {
        byte[] one = hash.of(1001, SECRET);
        byte[] otherSecret = SECRET.clone();
        otherSecret[15] ^= 1;
        assertThat(one).isEqualTo(hash.of(1001, SECRET)).hasSize(32);
        assertThat(hash.of(1002, SECRET)).isNotEqualTo(one);
        assertThat(hash.of(1001, otherSecret)).isNotEqualTo(one);
        assertThat(new AuthenticatorHash(OTHER_KEY).of(1001, SECRET)).isNotEqualTo(one);
    }

    @Test
    void of_isTheSameForManyThreads() throws Exception {
        byte[] expected = hash.of(1001, SECRET);
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> all = IntStream.range(0, 8)
                    .mapToObj(i -> executor.submit(() ->
                            IntStream.range(0, 1_000).allMatch(j -> Arrays.equals(hash.of(1001, SECRET), expected))))
                    .toList();
            for (Future<Boolean> one : all) {
                assertThat(one.get(20, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void fingerprint_tellsKeysApart() throws GeneralSecurityException {
        byte[] tag = hmac(KEY, "playgrant key fingerprint".getBytes(StandardCharsets.US_ASCII));
        assertThat(hash.fingerprint())
                .isEqualTo(HexFormat.of().formatHex(tag).substring(0, 16))
                .isEqualTo(new AuthenticatorHash(KEY).fingerprint())
                .isNotEqualTo(new AuthenticatorHash(OTHER_KEY).fingerprint());
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }
}
