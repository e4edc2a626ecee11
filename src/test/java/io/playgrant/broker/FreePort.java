package io.playgrant.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are stopped and started again on the same one.
 *
 * <p>They lie below those that systems give to clients: such a port may be taken, while the server is away, by the very client that tries to
 * reach it.
 */
public final class FreePort {

    private static final int FIRST = 15_000;
    private static final int END = 30_000;

    private FreePort() {}

    /** A port that nobody listens on now. */
    public static int find() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
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
