package io.playgrant.keystore.packaging;

import io.playgrant.account.Signers;
import io.playgrant.keystore.held.HeldKeys;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Poller;
import io.playgrant.time.Schedule;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps the secrets of signers anew with the active key of the storage ring, after another was activated, until it is closed. There are
 * few, so that one transaction does it.
 */
public final class SignerRewrap implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SignerRewrap.class);
    private static final int POLLS_BETWEEN_LOOKS = 10;

    private final Signers signers;
    private final SignerSecrets secrets;
    private final HeldKeys held;
    private final BooleanSupplier hasRing;
    private final Predicate<String> isAgreed;
    private final Poller poller;
    private boolean failing;
    private int polls;

    /**
     * Begins to look for signers whose secrets another key of the ring wraps.
     *
     * @param hasRing whether the installation has a storage ring; without one there are no secrets
     * @param isAgreed whether a key is the active one of all running nodes; otherwise two nodes could undo each other's work
     */
    public SignerRewrap(
            Signers signers, HeldKeys held, BooleanSupplier hasRing, Predicate<String> isAgreed, Schedule schedule) {
        this.signers = signers;
        this.secrets = new SignerSecrets(held);
        this.held = held;
        this.hasRing = hasRing;
        this.isAgreed = isAgreed;
        this.poller = schedule.start("signer-rewrap", this::poll);
    }

    private void poll() {
        polls++;
        if (polls % POLLS_BETWEEN_LOOKS != 1 || !hasRing.getAsBoolean()) {
            return;
        }
        try {
            rewrap();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn(
                        "Signers cannot be wrapped anew: {}",
                        e instanceof StorageException ? e.getMessage() : e.getClass());
            }
            failing = true;
        }
    }

    private void rewrap() {
        String active = held.activeId();
        if (signers.hasHeldByOthers(active) && isAgreed.test(active)) {
            int done = signers.rewrap(
                    active, signer -> secrets.open(signer, (key, iv) -> secrets.aes(signer.name(), key, iv)));
            LOG.info("{} signers were wrapped anew with the key {}", done, active);
        }
    }

    @Override
    public void close() {
        poller.close();
    }
}
