package io.playgrant.route.stream;

import io.playgrant.route.http.RawHttp;
import io.playgrant.route.http.RawHttp.Answer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of {@code /hms/wv/tokens} that sends chunks and reads lines when it is told to. */
public final class StreamConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int left;
    private boolean complete;

    /** Over a connection that is open. */
    public StreamConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    StreamConnection(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Sends the head of a request whose body comes in chunks. */
    public StreamConnection begin(String authenticator, String... headers) throws IOException {
        return beginAt("/hms/wv/tokens?errorFormat=json&customerAuthenticator=" + authenticator, headers);
    }

    StreamConnection beginAt(String target, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("POST " + target + " HTTP/1.1\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (!head.toString().contains("\r\nHost: ")) {
            head.append("Host: localhost\r\n");
        }
        head.append("Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
        return raw(head.toString());
    }

    StreamConnection raw(String bytes) throws IOException {
        out.write(bytes.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Sends one chunk. */
    public StreamConnection send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(bytes.length + 16);
        chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(bytes);
        chunk.writeBytes(new byte[] {'\r', '\n'});
        out.write(chunk.toByteArray());
        return this;
    }

    /** Ends the request. */
    public StreamConnection finish() throws IOException {
        return raw("0\r\n\r\n");
    }

    /** Reads the head of the answer, without waiting for its body. */
    public Answer head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("closed after '" + head + "'");
            }
            head.append((char) next);
        }
        return RawHttp.parse(head.toString());
    }

    /** Reads the body of an answer that has a length. */
    String body(Answer head) throws IOException {
        return new String(in.readNBytes(Integer.parseInt(head.header("content-length"))), StandardCharsets.UTF_8);
    }

    /** Reads the next line of the answer; null if there is none. What is no whole line is an error. */
    public @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = next();
            if (next < 0 && line.size() > 0) {
                throw new EOFException("half a line");
            }
            if (next < 0) {
                return null;
            }
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(next);
        }
    }

    /** Reads all lines to the end. */
    public List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); line != null; line = line()) {
            lines.add(line);
        }
        return lines;
    }

    /** Whether the answer had the end of a whole one, once it was read to the end. */
    public boolean isComplete() {
        return complete;
    }

    private int next() throws IOException {
        if (left == 0 && !complete) {
            beginChunk();
        }
        if (complete || left < 0) {
            return -1;
        }
        left--;
        return in.read();
    }

    private void beginChunk() throws IOException {
        StringBuilder size = new StringBuilder();
        try {
            while (size.length() < 3 || !size.toString().endsWith("\r\n")) {
                int next = in.read();
                if (next < 0) {
                    left = -1;
                    return;
                }
                size.append((char) next);
                if (size.toString().equals("\r\n")) {
                    // The end of the chunk before.
                    size.setLength(0);
                }
            }
        } catch (SocketException e) {
            left = -1;
            return;
        }
        left = Integer.parseInt(size.toString().trim(), 16);
        complete = left == 0;
        if (complete) {
            in.skipNBytes(2);
        }
    }

    /** The lines of a whole chunked body. */
    public static List<String> unchunk(String body) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (true) {
            int end = body.indexOf("\r\n", at);
            int size = Integer.parseInt(body.substring(at, end), 16);
            if (size == 0) {
                return text.toString().lines().toList();
            }
            text.append(body, end + 2, end + 2 + size);
            at = end + 2 + size + 2;
        }
    }

    /** The socket, for those who look closer. */
    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
