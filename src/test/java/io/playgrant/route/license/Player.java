package io.playgrant.route.license;

import io.playgrant.route.http.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** A player that redeems tokens of one environment. */
final class Player {

    static final String RIGHTS = "/hms/wv/rights/";
    static final String TEST_HOST = "test.localhost";

    private static final int PATIENCE_MILLIS = 30_000;

    private final int port;
    private final String host;

    private Player(int port, String host) {
        this.port = port;
        this.host = host;
    }

    static Player ofProduction(int port) {
        return new Player(port, "localhost");
    }

    static Player ofTest(int port) {
        return new Player(port, TEST_HOST);
    }

    /** What came back; header names in lower case. */
    record Answer(int status, Map<String, String> headers, byte[] body) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** The body as text. */
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Of an error, not of a licence. */
        @Override
        public String toString() {
            return status + " " + headers + (status == 200 ? "" : " " + text());
        }
    }

    /** Redeems a token that is in the query, and asks for errors as json. */
    Answer redeem(String token, byte[] message, String... headers) throws IOException {
        return send("POST", RIGHTS + "?errorFormat=json&ExpressPlayToken=" + token, message, headers);
    }

    /** Sends a request with a body, and reads until the server closes. */
    Answer send(String method, String target, byte[] body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\nHost: " + host
                + ":" + port + "\r\nContent-Length: " + body.length + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        request.write(body);
        return exchange(request.toByteArray());
    }

    private Answer exchange(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request);
            } catch (SocketException e) {
                // The server answered before it had read all; the answer is what counts.
            }
            return parse(socket.getInputStream().readAllBytes());
        }
    }

    private static Answer parse(byte[] bytes) throws IOException {
        int end = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no HTTP answer of " + bytes.length + " bytes");
        }
        RawHttp.Answer head = RawHttp.parse(new String(bytes, 0, end + 4, StandardCharsets.ISO_8859_1));
        return new Answer(head.status(), head.headers(), Arrays.copyOfRange(bytes, end + 4, bytes.length));
    }

    /** The error in json that is expected. */
    static String error(int code, String message) {
        return String.format(Locale.ROOT, "{\"code\":%d,\"message\":\"%s\"}", code, message);
    }
}
