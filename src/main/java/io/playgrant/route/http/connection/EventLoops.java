package io.playgrant.route.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
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

/** The event loops of Vert.x and their sockets, which Vert.x gives no access to. */
public final class EventLoops {

    private EventLoops() {}

    /** The event loops that serve connections. */
    public static List<SingleThreadEventLoop> of(Vertx vertx) {
        return loops(((VertxInternal) vertx).getEventLoopGroup());
    }

    /**
     * Runs an action for each socket that a server listens on, on its event loop.
     *
     * @return one future for each event loop, completed when the action has run
     */
    public static List<Future<?>> forEachListener(Vertx vertx, Consumer<Channel> action) {
        List<Future<?>> done = new ArrayList<>();
        for (SingleThreadEventLoop acceptor : loops(((VertxInternal) vertx).getAcceptorEventLoopGroup())) {
            done.add(acceptor.submit(() -> channels(acceptor).stream()
                    .filter(ServerChannel.class::isInstance)
                    .forEach(action)));
        }
        return done;
    }

    /** The sockets of an event loop; to be called on it. */
    public static List<Channel> channels(SingleThreadEventLoop loop) {
        List<Channel> channels = new ArrayList<>();
        Iterator<Channel> registered = loop.registeredChannelsIterator();
        while (registered.hasNext()) {
            channels.add(registered.next());
        }
        return channels;
    }

    private static List<SingleThreadEventLoop> loops(EventLoopGroup group) {
        List<SingleThreadEventLoop> loops = new ArrayList<>();
        for (EventExecutor executor : group) {
            loops.add((SingleThreadEventLoop) executor);
        }
        return loops;
    }
}
