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
 * The demand to end, by a signal.
 *
 * <p>Java answers such a signal by running all shutdown hooks at the same time, and the embedded database's closes it under the requests
 * that are still being served. So the signals are taken before Java does.
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
     * Takes the signals from now on.
     *
     * @param limit how long after one the process may live
     */
    public static Termination expect(Duration limit) {
        Termination termination = new Termination(limit);
        if (!termination.takeSignals()) {
            Runtime.getRuntime().addShutdownHook(new Thread(termination::demandAndWait, "shutdown"));
        }
        return termination;
    }

    /** Is opened by the first signal. */
    public CountDownLatch requested() {
        return requested;
    }

    /** All is closed. */
    public void completed() {
        completed.countDown();
    }

    /** Leaves the signals to whoever took them before. All is closed. */
    public void release() {
        completed();
        try {
            for (Callable<?> release : releases) {
                release.call();
            }
        } catch (Exception e) {
            LOG.warn("The signals to end cannot be given back: {}", e.toString());
        }
    }

    /** By name, since the compiler warns of these classes and cannot be told not to; the Java machines that we know have them. */
    private boolean takeSignals() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object taker = Proxy.newProxyInstance(
                    Termination.class.getClassLoader(), new Class<?>[] {handler}, onSignal(handler));
            for (String name : SIGNALS) {
                Method handle = signal.getMethod("handle", signal, handler);
                Object named = signal.getConstructor(String.class).newInstance(name);
                Object before = handle.invoke(null, named, taker);
                releases.add(() -> handle.invoke(null, named, before));
            }
            return true;
        } catch (ReflectiveOperationException e) {
            LOG.warn("The signals to end cannot be taken: {}", e.toString());
            return false;
        }
    }

    private InvocationHandler onSignal(Class<?> handler) {
        return (proxy, method, arguments) -> {
            if (method.getDeclaringClass() != handler) {
                return method.invoke(this, arguments);
            }
            if (requested.getCount() > 0) {
                Thread waiting = new Thread(this::demandAndHalt, "termination");
                waiting.setDaemon(true);
                waiting.start();
            }
            return null;
        };
    }

    private void demandAndHalt() {
        if (!demandAndWait()) {
            Runtime.getRuntime().halt(1);
        }
    }

    private boolean demandAndWait() {
        requested.countDown();
        try {
            if (completed.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
            LOG.error("The process ends before all is closed: that took longer than {} seconds", limit.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
