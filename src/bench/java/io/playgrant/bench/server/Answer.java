package io.playgrant.bench.server;

import io.playgrant.bench.measure.ResponseReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An answer over HTTP.
 *
 * @param headers its headers but for {@code content-length}
 */
public record Answer(int status, List<Map.Entry<String, String>> headers, String body) {

    /** Asks a server of this machine. */
    public static Answer of(int port, byte[] request) throws IOException {
        ResponseReader reader = new ResponseReader();
        byte[] bytes = new byte[8_192];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request);
            int length = socket.getInputStream().read(bytes);
            while (length >= 0 && !reader.add(ByteBuffer.wrap(bytes, 0, length))) {
                length = socket.getInputStream().read(bytes);
            }
            if (length < 0) {
                throw new IOException("an answer was cut off");
            }
        }
        return new Answer(reader.status(), headers(reader.head()), reader.body());
    }

    private static List<Map.Entry<String, String>> headers(String head) {
        return head.lines()
                .skip(1)
                .filter(line -> line.contains(":"))
                .map(line -> Map.entry(
                        line.substring(0, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1).strip()))
                .filter(header -> !header.getKey().equalsIgnoreCase("content-length"))
                .toList();
    }

    /** Writes it to a file. */
    public void write(Path file) throws IOException {
        String head = headers.stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\n")
                .collect(Collectors.joining());
        Files.writeString(file, status + "\n" + head + "\n" + body);
    }

    /** Reads it from a file. */
    static Answer read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        int end = text.indexOf("\n\n");
        List<String> head = new ArrayList<>(text.substring(0, end).lines().toList());
        return new Answer(
                Integer.parseInt(head.get(0)), headers(String.join("\n", head)), text.substring(end + 2));
    }

    /** Without the body, which may hold a token. */
    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
