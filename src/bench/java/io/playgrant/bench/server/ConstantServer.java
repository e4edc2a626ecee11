package io.playgrant.bench.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bare Vert.x: gives constant answers, with the status, the headers and the size of Playgrant's. What it needs is the least that an HTTP
 * server of this kind can need.
 */
public final class ConstantServer {

    private final Map<String, Constant> answers = new HashMap<>();

    private ConstantServer(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Answer answer = Answer.read(file);
                answers.put(
                        "/" + file.getFileName(),
                        new Constant(answer.status(), answer.headers(), Buffer.buffer(answer.body())));
            }
        }
    }

    private record Constant(int status, List<Map.Entry<String, String>> headers, Buffer body) {}

    /** Arguments: the port, and the folder with the answers, each in a file with the name of its path. */
    public static void main(String[] arguments) throws IOException {
        ConstantServer server = new ConstantServer(Path.of(arguments[1]));
        EventLoops.serve(Integer.parseInt(arguments[0]), server::answer);
    }

    private void answer(HttpServerRequest request) {
        Constant constant = answers.get(request.path());
        HttpServerResponse response = request.response();
        if (constant == null) {
            response.setStatusCode(404).end();
            return;
        }
        response.setStatusCode(constant.status());
        for (Map.Entry<String, String> header : constant.headers()) {
            response.putHeader(header.getKey(), header.getValue());
        }
        // All of the request is read before it is answered, as Playgrant does.
        request.end().onSuccess(read -> response.end(constant.body()));
    }
}
