package io.playgrant.route.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** The sockets that HTTP servers listen on, which neither Camel nor Vert.x gives access to. */
public final class Listeners {

    private Listeners() {}

    /**
     * Runs an action on each socket, on its event loop.
     *
     * @return one future for each event loop, completed when the action has run
     */
    public static List<Future<?>> forEach(Vertx vertx, Consumer<Channel> action) {
        List<Future<?>> done = new ArrayList<>();
        for (EventExecutor executor : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
            if (executor instanceof SingleThreadEventLoop acceptor) {
                done.add(acceptor.submit(() -> visit(acceptor.registeredChannelsIterator(), action)));
            }
        }
        return done;
    }

    private static void visit(Iterator<Channel> channels, Consumer<Channel> action) {
        while (channels.hasNext()) {
            Channel channel = channels.next();
            if (channel instanceof ServerChannel) {
                action.accept(channel);
            }
        }
    }
}
