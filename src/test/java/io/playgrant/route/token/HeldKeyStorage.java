package io.playgrant.route.token;

import static io.playgrant.TestSecrets.secret;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.storage.NonBlockingThreads;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds every request that looks a key up until it is let go, and finds nothing then. */
public final class HeldKeyStorage implements KeyLookup {

    /** Parameters of a request that looks a key up. */
    public static final String PARAMETERS = "&errorFormat=json&kid=%5Efilm&securityLevel=1&hdcpOutputControl=0&kek="
            + secret("40414243444546474849404142434445");

    private final AtomicInteger held = new AtomicInteger();
    private final CountDownLatch letGo = new CountDownLatch(1);

    @Override
    public Optional<Found> find(long account, Environment environment, KeyId kid) {
        NonBlockingThreads.refuseCurrent();
        held.incrementAndGet();
        try {
            letGo.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /** Waits until so many requests, in all, have come so far. */
    public void awaitHeld(int requests) {
        await().atMost(Duration.ofSeconds(20)).until(() -> held.get() >= requests);
    }

    public void letGo() {
        letGo.countDown();
    }
}
