package io.playgrant.cli.terminal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the signals that request a shutdown.
 *
 * <p>By default Java runs all shutdown hooks at the same time, and that of the embedded database closes it while requests are still being
 * served. Therefore this class handles the signals instead of Java.
 */
public final class Termination {

    private static final Logger LOG = LoggerFactory.getLogger(Termination.class);
    private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch completed = new CountDownLatch(1);
    private final Duration limit;
    private final List<Callable<?>> releases = new ArrayList<>();

    private Termination(Duration limit) {
        this.limit = limit;
    }

    /**
     * Handles the signals from now on.
     *
     * @param limit how long a shutdown may take before the process exits anyway
     */
    public static Termination expect(Duration limit) {
        Termination termination = new Termination(limit);
        if (!termination.installHandlers()) {
            Runtime.getRuntime().addShutdownHook(new Thread(termination::requestAndWait, "shutdown"));
        }
        return termination;
    }

    /** A latch that the first signal opens. */
    public CountDownLatch requested() {
        return requested;
    }

    /** Reports that everything is closed, so that the process may exit. */
    public void completed() {
        completed.countDown();
    }

    /** Reports that everything is closed, and restores the previous signal handlers. */
    public void release() {
        completed();
        try {
            for (Callable<?> release : releases) {
                release.call();
            }
        } catch (Exception e) {
            LOG.warn("The previous signal handlers cannot be restored: {}", e.toString());
        }
    }

    /** By reflection, because the compiler's warning about these classes cannot be suppressed. All JVMs that we know have them. */
    private boolean installHandlers() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    Termination.class.getClassLoader(), new Class<?>[] {handler}, onSignal(handler));
            for (String name : SIGNALS) {
                Method handle = signal.getMethod("handle", signal, handler);
                Object named = signal.getConstructor(String.class).newInstance(name);
                Object previous = handle.invoke(null, named, ours);
                releases.add(() -> handle.invoke(null, named, previous));
            }
            return true;
        } catch (ReflectiveOperationException e) {
            LOG.warn("Signals cannot be handled: {}", e.toString());
            return false;
        }
    }

    private InvocationHandler onSignal(Class<?> handler) {
        return (proxy, method, arguments) -> {
            if (method.getDeclaringClass() != handler) {
                return method.invoke(this, arguments);
            }
            if (requested.getCount() > 0) {
                Thread waiting = new Thread(this::shutDownOrHalt, "termination");
                waiting.setDaemon(true);
                waiting.start();
            }
            return null;
        };
    }

    private void shutDownOrHalt() {
        if (!requestAndWait()) {
            Runtime.getRuntime().halt(1);
        }
    }

    private boolean requestAndWait() {
        requested.countDown();
        try {
            if (completed.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
            LOG.error(
                    "The process exits before everything is closed: shutdown took longer than {} seconds",
                    limit.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
