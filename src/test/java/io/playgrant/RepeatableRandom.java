package io.playgrant;

import java.security.SecureRandom;
import java.util.Random;

/** Randomness that draws the same in every run. For tests only. */
public final class RepeatableRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final Random random;

    /** Draws that depend on the seed only. */
    public RepeatableRandom(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
