package io.playgrant.config;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/**
 * Checks that a server could listen on an address.
 *
 * @param host the address
 * @param port the port
 * @param hostVariable the setting of the address
 * @param portVariable the setting of the port
 */
record ListenCheck(String host, int port, String hostVariable, String portVariable) {

    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

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
            if (isAnswered(address)) {
                warnings.add("Something already listens on " + address()
                        + ": the running server, or another program that will keep it from starting");
            } else {
                problems.add("Cannot listen on " + address() + ": " + e.getMessage());
            }
        }
    }

    boolean isSameAs(ListenCheck other) {
        return port != 0 && port == other.port && host.equals(other.host);
    }

    private String address() {
        return Authority.of(host, port) + " (" + hostVariable + ", " + portVariable + ")";
    }

    private static boolean isAnswered(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
