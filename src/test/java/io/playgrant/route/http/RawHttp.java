package io.playgrant.route.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** An HTTP/1.1 client that sends what it is told, right or wrong, and shows what comes back, byte by byte. */
public record RawHttp(int port, Connection connection) {

    /** Longer than any request waits for the database. */
    private static final int PATIENCE_MILLIS = 60_000;

    /** Opens a connection to a port of this machine. */
    public interface Connection {

        /** A connection, open. */
        Socket open(int port) throws IOException;

        /** Without TLS, from an address of this machine. */
        static Connection from(InetAddress address) {
            return port -> new Socket(InetAddress.getLoopbackAddress(), port, address, 0);
        }

        /** The same with TLS, for a server's name. */
        default Connection withTls(SSLContext trust, String name) {
            return port -> {
                Socket socket = open(port);
                try {
                    return trust.getSocketFactory().createSocket(socket, name, port, true);
                } catch (IOException e) {
                    socket.close();
                    throw e;
                }
            };
        }
    }

    /** What came back; header names in lower case. */
    public record Answer(int status, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    public RawHttp(int port) {
        this(port, Connection.from(InetAddress.getLoopbackAddress()));
    }

    /** Sends a GET without a body. */
    public Answer get(String target, String... headers) throws IOException {
        return send("GET", target, new byte[0], headers);
    }

    /** Sends a POST with a body and its length. */
    public Answer post(String target, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String[] all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 1, headers.length);
        all[0] = "Content-Length: " + bytes.length;
        return send("POST", target, bytes, all);
    }

    /** Sends a request with the headers as they are given, and a Host if none is among them. */
    public Answer send(String method, String target, byte[] body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
        boolean hasHost = false;
        for (String header : headers) {
            head.append(header).append("\r\n");
            hasHost |= header.toLowerCase(Locale.ROOT).startsWith("host:");
        }
        if (!hasHost) {
            head.append("Host: localhost:").append(port).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        request.write(body);
        return exchange(request.toByteArray());
    }

    /** Sends bytes, and reads until the server closes. */
    public Answer exchange(byte[] request) throws IOException {
        try (Socket socket = connection.open(port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request);
                out.flush();
            } catch (SocketException e) {
                // The server answered before it read all; the answer is what counts.
            }
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    public static Answer parse(String text) throws IOException {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no HTTP answer: '" + text + "'");
        }
        String[] lines = text.substring(0, end).split("\r\n", -1);
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.merge(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).trim(),
                    (first, second) -> first + "\n" + second);
        }
        return new Answer(Integer.parseInt(lines[0].split(" ", 3)[1]), headers, text.substring(end + 4));
    }
}
