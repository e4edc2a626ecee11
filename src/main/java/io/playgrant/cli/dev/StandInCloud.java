package io.playgrant.cli.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.contentkey.SigningSecret;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.license.cloud.CloudProvider.Padding;
import io.playgrant.license.cloud.ServiceCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for Widevine's licence service: it verifies signatures, reads messages and challenges, and answers with any status or fault.
 * It makes no real licence, so nothing plays with it. It knows one provider, whose credentials are public.
 */
public final class StandInCloud implements AutoCloseable {

    /** Google's public provider for tests, with its key and iv. */
    public static final String PROVIDER = "widevine_test";

    public static final String KEY = "1ae8ccd0e7985cc0b6203a55855a1034afc252980e970ca90e5202689f947ab9";
    public static final String IV = "d58ce954203b7c9a9a9d467f59839249";

    /** What every licence answer says of a session and of a device, and nobody may keep or log. */
    public static final String SIGNING_KEY = "c3RhbmQtaW4ncyBzaWduaW5nIGtleSwgdG8gYmUga2VwdCBub3doZXJl";

    public static final String DEVICE_SERIAL = "c3RhbmQtaW4ncyBzZXJpYWwgbnVtYmVy";

    private static final String PATH = "/cenc/getlicense/" + PROVIDER;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_MESSAGES = 1_000;
    private static final int HUGE = 10_000_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final HttpServer server;
    private final ServiceCertificate certificate = StandInCertificate.make(PROVIDER, new SecureRandom(), Instant.now());
    private final StandInAnswers answers = new StandInAnswers(PROVIDER, certificate);
    private final ConcurrentLinkedQueue<JsonNode> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile StandInBehaviour behaviour;

    /**
     * Starts a server on 127.0.0.1.
     *
     * @param port its port; 0 for any
     * @throws CommandException if it cannot listen there
     */
    public StandInCloud(int port, StandInBehaviour behaviour) {
        this.behaviour = behaviour;
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(port);
        try {
            server = vertx.createHttpServer(options)
                    .requestHandler(this::receive)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            close();
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new CommandException("Cannot listen on 127.0.0.1:" + port + ": " + reason.getMessage());
        }
    }

    /** The URL for messages. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + PATH);
    }

    /** Its only provider. */
    public CloudProvider provider(Padding padding) {
        return new CloudProvider(PROVIDER, url(), SigningSecret.ofHex(KEY), SigningSecret.ofHex(IV), padding);
    }

    /** Its service certificate. */
    public ServiceCertificate certificate() {
        return certificate;
    }

    /** Behaves differently from now on. */
    public void behave(StandInBehaviour other) {
        behaviour = other;
    }

    /** The number of requests so far. */
    public int requests() {
        return requests.get();
    }

    /** The verified messages, oldest first; at most the last 1,000. They contain the content keys. */
    public List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    private void receive(HttpServerRequest request) {
        requests.incrementAndGet();
        if (!request.method().equals(HttpMethod.POST) || !request.path().equals(PATH)) {
            request.response().setStatusCode(404).end();
            return;
        }
        request.bodyHandler(body -> answer(request, body.getBytes()));
    }

    private void answer(HttpServerRequest request, byte[] body) {
        StandInBehaviour now = behaviour;
        ObjectNode answer;
        JsonNode message = message(body, now);
        if (message == null) {
            answer = StandInAnswers.status("SIGNATURE_FAILED", 0);
        } else {
            keep(message);
            try {
                now = now.changedBy(contentId(message));
                answer = answers.answer(message, now);
            } catch (IllegalArgumentException e) {
                answer = StandInAnswers.status("INVALID_REQUEST", 0);
            }
        }
        StandInBehaviour chosen = now;
        Buffer content = Buffer.buffer(answer.toString());
        if (chosen.delayMillis() == 0) {
            send(request, chosen, content);
        } else {
            vertx.setTimer(chosen.delayMillis(), timer -> send(request, chosen, content));
        }
    }

    /** The message in a request; null unless it is signed by the provider. */
    private static @Nullable JsonNode message(byte[] body, StandInBehaviour now) {
        try {
            JsonNode request = JSON.readTree(body);
            byte[] message = request.path("request").binaryValue();
            byte[] signature = request.path("signature").binaryValue();
            boolean isSigned = message != null
                    && signature != null
                    && request.path("signer").asText().equals(PROVIDER)
                    && StandInSignature.isValid(message, signature, now.paddings());
            return isSigned ? JSON.readTree(message) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private void keep(JsonNode message) {
        messages.add(message);
        if (messages.size() > MOST_MESSAGES) {
            messages.poll();
        }
    }

    private static String contentId(JsonNode message) {
        try {
            byte[] id = message.path("content_id").binaryValue();
            return id == null ? "" : new String(id, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static void send(HttpServerRequest request, StandInBehaviour now, Buffer content) {
        request.response().setStatusCode(now.httpStatus()).putHeader("Content-Type", "application/json");
        switch (now.fault()) {
            case HTML ->
                request.response().putHeader("Content-Type", "text/html").end("<html>Good day</html>\n");
            case EMPTY -> request.response().end();
            case TRUNCATED -> request.response().end(content.slice(0, content.length() / 2));
            case HUGE -> request.response().end("{\"status\":\"OK\",\"license\":\"" + "A".repeat(HUGE) + "\"}");
            case CUT -> {
                request.response().putHeader("Content-Length", Integer.toString(content.length()));
                request.response()
                        .write(content.slice(0, content.length() / 2))
                        .onComplete(written -> request.connection().close());
            }
            case RESET -> request.connection().close();
            default -> request.response().end(content);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
