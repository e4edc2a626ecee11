package io.playgrant.config;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/**
 * Whether a server could listen somewhere.
 *
 * @param host the address
 * @param port the port
 * @param hostVariable the setting that the address is from
 * @param portVariable the setting that the port is from
 */
record ListenCheck(String host, int port, String hostVariable, String portVariable) {

    private static final int PATIENCE_MILLIS = 1_000;

    void check(List<String> problems, List<String> warnings) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            problems.add(hostVariable + " names no address: " + host);
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            if (somebodyAnswersAt(address)) {
                warnings.add("Something listens on " + place()
                        + " already: the server if it runs; else the start will fail");
            } else {
                problems.add("Cannot listen on " + place() + ": " + e.getMessage());
            }
        }
    }

    boolean isSameAs(ListenCheck other) {
        return port != 0 && port == other.port && host.equals(other.host);
    }

    private String place() {
        return Authority.of(host, port) + " (" + hostVariable + ", " + portVariable + ")";
    }

    private static boolean somebodyAnswersAt(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
