package io.playgrant.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagementConnectionsTest {

    private static final String LIVE = "GET /observe/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final Metrics metrics = new Metrics();
    private final ManagementServer server =
            new ManagementServer(new Settings.Management("127.0.0.1", 0), new Health(List.of()), metrics);
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
        metrics.close();
    }

    @Test
    void idleAndSlowClients_doNotKeepOutThoseWhoAskForHealth() throws IOException {
        Socket first = open("");
        Socket half = open("POST /observe/health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n1");
        for (int i = 0; i < 400; i++) {
            open("GET /observe/health/live HTTP/1.1\r\nHost: lo");
        }
        assertThat(answer(open(LIVE))).startsWith("HTTP/1.1 200 OK");
        assertThat(isClosed(first)).isTrue();
        assertThat(isClosed(half)).isTrue();
    }

    @Test
    void connectionThatIsUsed_staysOpen() throws IOException {
        Socket used = open(LIVE);
        answer(used);
        for (int i = 0; i < 199; i++) {
            open("");
        }
        used.getOutputStream().write(LIVE.getBytes(StandardCharsets.US_ASCII));
        answer(used);
        Socket next = open(LIVE);
        assertThat(answer(next)).startsWith("HTTP/1.1 200 OK");
        used.getOutputStream().write(LIVE.getBytes(StandardCharsets.US_ASCII));
        assertThat(answer(used)).startsWith("HTTP/1.1 200 OK");
    }

    private Socket open(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** The answer to a request for health. */
    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("}")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            answer.append((char) next);
        }
        return answer.toString();
    }

    private static boolean isClosed(Socket socket) {
        try {
            while (true) {
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            }
        } catch (IOException e) {
            return e.getMessage() != null && e.getMessage().contains("reset");
        }
    }
}
