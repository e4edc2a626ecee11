package io.playgrant.cli.serve;

import io.playgrant.cli.terminal.CommandException;
import io.playgrant.config.Authority;
import io.playgrant.config.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * An address on which the server is to listen.
 *
 * @param host the address
 * @param port the port; 0 is always free
 * @param settings the names of the settings, or of the option, that chose it
 */
public record ListeningAddress(String host, int port, String settings) {

    /**
     * Fails fast, before anything is opened or created: the HTTP servers start late, and Camel only logs that it cannot listen.
     *
     * @throws CommandException with a message that names the wrong setting
     */
    static void checkAllFree(Settings settings) {
        Settings.Http http = settings.http();
        Settings.Management management = settings.management();
        ListeningAddress service =
                new ListeningAddress(http.host(), http.port(), "PLAYGRANT_HTTP_HOST, PLAYGRANT_HTTP_PORT");
        ListeningAddress healthAndMetrics = new ListeningAddress(
                management.host(), management.port(), "PLAYGRANT_MANAGEMENT_HOST, PLAYGRANT_MANAGEMENT_PORT");
        // Both at the same time, to find out whether they are the same.
        try (ServerSocket first = service.bind();
                ServerSocket second = healthAndMetrics.bind()) {
            // Closed at once.
        } catch (IOException e) {
            throw notClosed(e);
        }
    }

    /**
     * The same for one address.
     *
     * @throws CommandException with a message that names what chose it
     */
    public void checkFree() {
        try (ServerSocket socket = bind()) {
            // Closed at once.
        } catch (IOException e) {
            throw notClosed(e);
        }
    }

    private static CommandException notClosed(IOException problem) {
        return new CommandException("A port that was opened to test it cannot be closed: " + problem.getMessage());
    }

    private ServerSocket bind() throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new CommandException(settings.substring(0, settings.indexOf(',')) + " names no address: " + host);
        }
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new CommandException(
                    "Cannot listen on " + Authority.of(host, port) + " (" + settings + "): " + e.getMessage());
        }
    }
}
