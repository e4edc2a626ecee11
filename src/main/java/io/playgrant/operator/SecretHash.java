package io.playgrant.operator;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords and API tokens with Argon2id (RFC 9106), in the notation of PHC strings. A computation takes tens of milliseconds and 19
 * MiB, so each process does only one at a time.
 */
final class SecretHash {

    /** The least that OWASP recommends, in KiB. */
    private static final int MEMORY = 19 * 1_024;

    private static final int ITERATIONS = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** A longer text is no secret of this program. */
    private static final int LONGEST = 128;

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private static final int MOST_WAITING = 2;
    private static final int MOST_WAIT_SECONDS = 5;

    /** Shared by the whole process, as its processors and memory are. */
    private static final Semaphore COMPUTING = new Semaphore(1, true);

    private final SecureRandom random;
    private final Cost cost;
    private final String decoy;
    private final LongAdder computations = new LongAdder();

    SecretHash(SecureRandom random) {
        this(random, new Cost(MEMORY, ITERATIONS, LANES));
    }

    /** Hashes that cost as much as is given. */
    SecretHash(SecureRandom random, Cost cost) {
        this.random = random;
        this.cost = cost;
        // Of a secret that nobody has. Only its parameters and lengths matter, so nothing is computed here.
        byte[] noise = new byte[SALT_BYTES + HASH_BYTES];
        random.nextBytes(noise);
        this.decoy = phc(Arrays.copyOf(noise, SALT_BYTES), Arrays.copyOfRange(noise, SALT_BYTES, noise.length));
    }

    /** The hash of a new secret. */
    String of(OperatorSecret secret) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return phc(salt, compute(secret, cost, salt, HASH_BYTES));
    }

    /** A hash that no secret has. To compare with it takes as long as with a real one. */
    String decoy() {
        return decoy;
    }

    /**
     * Whether a secret has this hash.
     *
     * @throws BusyException if too many other computations wait
     */
    boolean matches(OperatorSecret secret, String hash) {
        Matcher phc = PHC.matcher(hash);
        if (!phc.matches()) {
            throw new IllegalStateException("a stored hash is malformed");
        }
        byte[] expected = Base64.getDecoder().decode(phc.group(5));
        byte[] computed = compute(
                secret,
                new Cost(
                        Integer.parseInt(phc.group(1)), Integer.parseInt(phc.group(2)), Integer.parseInt(phc.group(3))),
                Base64.getDecoder().decode(phc.group(4)),
                expected.length);
        return MessageDigest.isEqual(expected, computed);
    }

    /** How many hashes it has computed: what an attacker could measure. */
    long computations() {
        return computations.sum();
    }

    /**
     * The parameters of Argon2.
     *
     * @param memory in KiB
     * @param iterations the number of passes
     * @param lanes the degree of parallelism
     */
    record Cost(int memory, int iterations, int lanes) {}

    private byte[] compute(OperatorSecret secret, Cost how, byte[] salt, int length) {
        enter();
        try {
            computations.increment();
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(how.memory)
                    .withIterations(how.iterations)
                    .withParallelism(how.lanes)
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[length];
            byte[] bytes = secret.bytes();
            generator.generateBytes(Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST + 1)), hash);
            Arrays.fill(bytes, (byte) 0);
            return hash;
        } finally {
            COMPUTING.release();
        }
    }

    private static void enter() {
        try {
            // Not all threads of the console may wait here.
            if (COMPUTING.getQueueLength() >= MOST_WAITING
                    || !COMPUTING.tryAcquire(MOST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new BusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        }
    }

    private String phc(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memory,
                        cost.iterations,
                        cost.lanes,
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }
}
