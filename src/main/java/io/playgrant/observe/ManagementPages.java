package io.playgrant.observe;

import io.vertx.ext.web.Router;

/** Pages that the server of health and metrics serves beside its own. */
public interface ManagementPages extends AutoCloseable {

    /**
     * Adds the pages, once, before the server listens. Handlers run on the event loop, which also answers requests for health: they must
     * not wait.
     */
    void mount(Router router);

    /** Called after the server has stopped. */
    @Override
    void close();

    /** Opens pages that show the health of this node. */
    @FunctionalInterface
    interface Opener {

        ManagementPages open(Health health);
    }
}
