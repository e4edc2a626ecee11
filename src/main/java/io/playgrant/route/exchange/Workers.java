package io.playgrant.route.exchange;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The threads on which steps wait: all workers of the server, or threads of their own, so that these steps leave the others to requests. */
public final class Workers {

    /** All workers of the server. */
    static final Workers OF_THE_SERVER = new Workers("", 0);

    private final String name;
    private final int size;
    private volatile @Nullable WorkerExecutor own;

    private Workers(String name, int size) {
        this.name = name;
        this.size = size;
    }

    /**
     * A number of own threads, which are started when they are needed. The end of the server stops them.
     *
     * @param name the beginning of their names
     */
    public static Workers named(String name, int size) {
        return new Workers(name, size);
    }

    /** Performs work that may wait, in no particular order. The result comes on the event loop. */
    Future<Void> perform(Context loop, Callable<Void> work) {
        return size == 0 ? loop.executeBlocking(work, false) : executor(loop).executeBlocking(work, false);
    }

    private WorkerExecutor executor(Context loop) {
        WorkerExecutor known = own;
        if (known == null) {
            // Threads of the same name are shared, so it does no harm if two event loops come here at once.
            known = loop.owner().createSharedWorkerExecutor(name, size);
            own = known;
        }
        return known;
    }
}
