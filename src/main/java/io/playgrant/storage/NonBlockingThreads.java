package io.playgrant.storage;

/**
 * Threads that must not wait, such as the event loops of a server: one that waits holds up all of its connections. Work that may wait, for
 * the database or for other threads, refuses to begin on them.
 */
public final class NonBlockingThreads {

    private static final ThreadLocal<Boolean> IS_NON_BLOCKING = ThreadLocal.withInitial(() -> false);

    private NonBlockingThreads() {}

    /** Declares that the current thread must not wait, from now on. */
    public static void addCurrent() {
        IS_NON_BLOCKING.set(true);
    }

    /**
     * To be called before anything that may wait, and before any effect of the same work: the caller begins the work again on another
     * thread.
     *
     * @throws WouldBlockException if the current thread must not wait
     */
    public static void refuseCurrent() {
        if (IS_NON_BLOCKING.get()) {
            throw new WouldBlockException();
        }
    }
}
