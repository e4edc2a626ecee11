package io.playgrant.token.sealing;

import static io.playgrant.token.SampleTokens.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.token.SampleTokens;
import io.playgrant.token.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenSealerTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00.5Z");
    private static final byte[] PLAINTEXT = {1, 2, 3};
    private static final int THREADS = 8;
    private static final int EACH = 5_000;

    private final SettableClock clock = new SettableClock(START, Duration.ZERO);
    private final KeyRing before = SampleTokens.ring();
    private final AtomicReference<KeyRing> ring = new AtomicReference<>(before);
    private final TokenSealer sealer = new TokenSealer(ring::get, clock, SampleTokens.RANDOM);

    @Test
    void seal_countsItsNonces() {
        List<String> nonces = IntStream.range(0, 3)
                .mapToObj(n -> hex(seal(Environment.PRODUCTION).iv()))
                .toList();

        assertThat(nonces)
                .containsExactly("000000000000000000000000", "000000000000000000000001", "000000000000000000000002");
    }

    @Test
    void seal_namesTheActiveKeyOfTheEnvironment() {
        assertThat(hex(seal(Environment.PRODUCTION).keyId())).isEqualTo(SampleTokens.PRODUCTION_ID);
        assertThat(hex(seal(Environment.TEST).keyId())).isEqualTo(SampleTokens.TEST_ID);
    }

    @Test
    void seal_canBeOpenedWithTheDerivedKey() throws MalformedTokenException {
        CoseEncrypt message = seal(Environment.TEST);

        assertThat(ContentEncryption.open(
                        ContentEncryption.deriveKey(SampleTokens.test().secret(), message.salt()),
                        message.iv(),
                        message.ciphertext()))
                .isEqualTo(PLAINTEXT);
    }

    @Test
    void seal_hasASaltForEachEnvironmentAndSealer() {
        TokenSealer other = new TokenSealer(ring::get, clock, SampleTokens.RANDOM);

        assertThat(Set.of(
                        salt(Environment.PRODUCTION),
                        salt(Environment.TEST),
                        hex(other.seal(Environment.PRODUCTION, PLAINTEXT).salt()),
                        hex(other.seal(Environment.TEST, PLAINTEXT).salt())))
                .hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, true",
        "PT59M59.999999999S, true",
        "PT1H, false",
        "PT100H, false",
        "PT-0.000000001S, false",
        "PT-1H, false"
    })
    void seal_keepsItsSaltForAnHourOfAClockThatGoesForward(Duration later, boolean same) {
        String salt = salt(Environment.PRODUCTION);

        clock.set(START.plus(later));

        assertThat(salt(Environment.PRODUCTION).equals(salt)).isEqualTo(same);
    }

    @Test
    void seal_beginsToCountAgainWithANewSalt() {
        salt(Environment.PRODUCTION);
        clock.set(START.plus(Duration.ofHours(1)));

        CoseEncrypt first = seal(Environment.PRODUCTION);
        CoseEncrypt second = seal(Environment.PRODUCTION);

        assertThat(hex(first.iv())).isEqualTo("000000000000000000000000");
        assertThat(hex(second.iv())).isEqualTo("000000000000000000000001");
        assertThat(hex(second.salt())).isEqualTo(hex(first.salt()));
    }

    @Test
    void seal_countsTheHourFromTheNewSalt() {
        salt(Environment.PRODUCTION);
        clock.set(START.plus(Duration.ofMinutes(90)));
        String second = salt(Environment.PRODUCTION);

        clock.set(START.plus(Duration.ofMinutes(149)));
        assertThat(salt(Environment.PRODUCTION)).isEqualTo(second);

        clock.set(START.plus(Duration.ofMinutes(150)));
        assertThat(salt(Environment.PRODUCTION)).isNotEqualTo(second);
    }

    @Test
    void seal_takesANewSaltWhenTheClockWasSetBackAndGoesOnFromThere() {
        salt(Environment.PRODUCTION);
        clock.set(START.minusSeconds(1));
        String second = salt(Environment.PRODUCTION);

        clock.set(START);

        assertThat(salt(Environment.PRODUCTION)).isEqualTo(second);
    }

    @Test
    void seal_takesANewSaltWithANewActiveKey() {
        String production = salt(Environment.PRODUCTION);
        String test = salt(Environment.TEST);

        ring.set(SampleTokens.ring(
                SampleTokens.old(), before.active(Environment.TEST), before.active(Environment.PRODUCTION)));

        CoseEncrypt message = seal(Environment.PRODUCTION);
        assertThat(hex(message.keyId())).isEqualTo(SampleTokens.OLD_ID);
        assertThat(hex(message.salt())).isNotEqualTo(production);
        assertThat(hex(message.iv())).isEqualTo("000000000000000000000000");
        assertThat(salt(Environment.TEST)).isEqualTo(test);
    }

    @Test
    void seal_takesANewSaltWhenTheFormerKeyIsActiveAgain() {
        Set<String> salts = new HashSet<>();
        salts.add(salt(Environment.PRODUCTION));
        ring.set(SampleTokens.ring(SampleTokens.old(), before.active(Environment.TEST)));
        salts.add(salt(Environment.PRODUCTION));
        ring.set(before);
        salts.add(salt(Environment.PRODUCTION));

        assertThat(salts).hasSize(3);
    }

    @Test
    void seal_takesANewSaltWhenTheRingWasReadAgain() {
        String salt = salt(Environment.PRODUCTION);

        ring.set(SampleTokens.ring());

        assertThat(salt(Environment.PRODUCTION)).isNotEqualTo(salt);
    }

    @Test
    void seal_byManyThreadsNeverRepeatsANonce() throws Exception {
        assertThat(new HashSet<>(sealByManyThreads(sealer))).hasSize(THREADS * EACH);
        assertThat(salts(sealByManyThreads(sealer))).hasSize(1);
    }

    @Test
    void seal_byManyThreadsNeverRepeatsANonceWhileSaltsChange() throws Exception {
        Clock fast = new SettableClock(START, Duration.ofMinutes(10));
        TokenSealer restless = new TokenSealer(ring::get, fast, SampleTokens.RANDOM);

        List<String> pairs = sealByManyThreads(restless);

        assertThat(new HashSet<>(pairs)).hasSize(THREADS * EACH);
        assertThat(salts(pairs)).hasSizeGreaterThan(THREADS * EACH / 10);
    }

    private static List<String> sealByManyThreads(TokenSealer sealer) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Callable<List<String>> work = () -> IntStream.range(0, EACH)
                    .mapToObj(n -> sealer.seal(Environment.PRODUCTION, PLAINTEXT))
                    .map(message -> hex(message.salt()) + ":" + hex(message.iv()))
                    .toList();
            List<Future<List<String>>> results = new ArrayList<>();
            for (int n = 0; n < THREADS; n++) {
                results.add(threads.submit(work));
            }
            List<String> pairs = new ArrayList<>();
            for (Future<List<String>> result : results) {
                pairs.addAll(result.get());
            }
            return pairs;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Set<String> salts(List<String> pairs) {
        Set<String> salts = new HashSet<>();
        pairs.forEach(pair -> salts.add(pair.substring(0, pair.indexOf(':'))));
        return salts;
    }

    private CoseEncrypt seal(Environment environment) {
        return sealer.seal(environment, PLAINTEXT);
    }

    private String salt(Environment environment) {
        return hex(seal(environment).salt());
    }
}
