package io.playgrant.token.sealing;

import io.playgrant.account.Environment;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.crypto.SecretKey;

/**
 * Encrypts tokens so that no nonce is used twice with the same key, however many tokens all servers issue: every process draws its own salt,
 * derives its own key from it, and counts.
 */
public final class TokenSealer {

    /** The lifetime of a salt. If a machine is cloned while running, the copies repeat the counter until they draw a new salt. */
    private static final Duration SALT_LIFE = Duration.ofHours(1);

    private final Supplier<KeyRing> ring;
    private final Clock clock;
    private final SecureRandom random;
    private final AtomicReference<Session> production;
    private final AtomicReference<Session> test;

    public TokenSealer(Supplier<KeyRing> ring, Clock clock, SecureRandom random) {
        this.ring = ring;
        this.clock = clock;
        this.random = random;
        this.production = new AtomicReference<>(newSession(ring.get().active(Environment.PRODUCTION), clock.instant()));
        this.test = new AtomicReference<>(newSession(ring.get().active(Environment.TEST), clock.instant()));
    }

    public CoseEncrypt seal(Environment environment, byte[] plaintext) {
        return seal(environment, plaintext, clock.instant());
    }

    /**
     * Encrypts the claims of a token.
     *
     * @param now the time, which the caller has just asked for
     */
    public CoseEncrypt seal(Environment environment, byte[] plaintext, Instant now) {
        Session session = session(environment, now);
        byte[] iv = new byte[CoseEncrypt.IV_LENGTH];
        ByteBuffer.wrap(iv).putLong(CoseEncrypt.IV_LENGTH - Long.BYTES, session.counter.getAndIncrement());
        return new CoseEncrypt(session.keyId, session.salt, iv, ContentEncryption.seal(session.key, iv, plaintext));
    }

    private Session session(Environment environment, Instant now) {
        AtomicReference<Session> holder = environment == Environment.TEST ? test : production;
        Session session = Objects.requireNonNull(holder.get());
        RingKey active = ring.get().active(environment);
        if (session.isCurrent(active, now)) {
            return session;
        }
        // Two threads may both draw a salt here. The thread that loses uses its own salt once, which is safe, because
        // no other thread has it.
        Session fresh = newSession(active, now);
        holder.compareAndSet(session, fresh);
        return fresh;
    }

    private Session newSession(RingKey key, Instant now) {
        byte[] salt = new byte[CoseEncrypt.SALT_LENGTH];
        random.nextBytes(salt);
        return new Session(
                key,
                HexFormat.of().parseHex(key.id()),
                salt,
                ContentEncryption.deriveKey(key.secret(), salt),
                now,
                now.plus(SALT_LIFE),
                new AtomicLong());
    }

    private record Session(
            RingKey source,
            byte[] keyId,
            byte[] salt,
            SecretKey key,
            Instant since,
            Instant until,
            AtomicLong counter) {

        /** Whether a new salt is needed: also if the clock was set back, or the ring was reloaded. */
        @SuppressWarnings("ReferenceEquality")
        boolean isCurrent(RingKey active, Instant now) {
            return source == active && !now.isBefore(since) && now.isBefore(until);
        }
    }
}
