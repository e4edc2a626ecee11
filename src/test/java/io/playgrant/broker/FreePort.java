package io.playgrant.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that are stopped and started again on the same one.
 *
 * <p>They lie below those that systems give to clients: such a port may be taken, while the server is away, by the very client that tries to
 * reach it.
 */
public final class FreePort {

    private static final int FIRST = 15_000;
    private static final int NUMBER = 15_000;

    /**
     * Each process begins elsewhere and hands out no port twice: otherwise two that look for one at the same time might find the same, since
     * it is not listened on yet.
     */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 1_009 % NUMBER));

    private FreePort() {}

    /** A port that nobody listens on now. */
    public static int find() {
        while (true) {
            int port = FIRST + NEXT.getAndIncrement() % NUMBER;
            if (isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
