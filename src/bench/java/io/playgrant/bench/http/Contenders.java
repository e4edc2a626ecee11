package io.playgrant.bench.http;

import io.playgrant.bench.measure.Slice;
import io.playgrant.bench.measure.Wrk.Load;
import io.playgrant.bench.server.Answer;
import io.playgrant.bench.server.BenchFolder;
import io.playgrant.bench.server.ComparedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The servers that are compared, all up at the same time, each with an installation of its own. */
final class Contenders implements AutoCloseable {

    static final String PLAYGRANT = "Playgrant";
    static final String BARE = "bare Vert.x";
    static final String HAND_WRITTEN = "hand-written";

    private static final String PATH = "/hms/wv/token";

    private final Path folder;
    private final BenchFolder own;
    private final BenchFolder others;
    private final Map<String, ComparedServer> servers = new LinkedHashMap<>();

    private Contenders(Path folder) {
        this.folder = folder;
        this.own = BenchFolder.create(folder.resolve("playgrant"));
        this.others = BenchFolder.create(folder.resolve("hand-written"));
    }

    /** Starts all of them. */
    static Contenders start(Path folder) throws IOException, InterruptedException {
        Contenders all = new Contenders(folder);
        try {
            ComparedServer playgrant = ComparedServer.playgrant(all.own.data());
            all.servers.put(PLAYGRANT, playgrant);
            Path answers = Files.createDirectory(folder.resolve("answers"));
            for (HttpCase one :
                    Stream.concat(Stream.of(HttpCase.BASE), HttpCase.VARIANTS.stream()).toList()) {
                all.answer(PLAYGRANT, one).write(answers.resolve(one.slug()));
            }
            all.servers.put(BARE, ComparedServer.constant(playgrant, answers));
            all.servers.put(HAND_WRITTEN, ComparedServer.handWritten(playgrant, all.others.data()));
            all.checkAnswers();
            return all;
        } catch (IOException | InterruptedException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** They must do the same, or the comparison means nothing. */
    private void checkAnswers() throws IOException {
        for (HttpCase one : HttpCase.VARIANTS) {
            Answer expected = answer(PLAYGRANT, one);
            for (String other : List.of(BARE, HAND_WRITTEN)) {
                Answer answer = answer(other, one);
                if (answer.status() != expected.status()
                        || answer.body().length() != expected.body().length()
                        || !names(answer).equals(names(expected))) {
                    throw new IllegalStateException(other + " answers otherwise: " + one.name() + ", " + answer + " "
                            + names(answer) + " instead of " + expected + " " + names(expected));
                }
            }
        }
    }

    private static List<String> names(Answer answer) {
        return answer.headers().stream()
                .map(header -> header.getKey().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }

    private Answer answer(String name, HttpCase one) throws IOException {
        return Answer.of(port(name), request(name, one));
    }

    int port(String name) {
        return server(name).port();
    }

    private ComparedServer server(String name) {
        ComparedServer server = servers.get(name);
        if (server == null) {
            throw new IllegalArgumentException(name);
        }
        return server;
    }

    /** The bytes of one request to a server. */
    byte[] request(String name, HttpCase one) {
        return one.request(port(name), path(name, one), form(name, one));
    }

    private static String path(String name, HttpCase one) {
        return name.equals(BARE) ? "/" + one.slug() : PATH;
    }

    private String form(String name, HttpCase one) {
        return one.form((name.equals(HAND_WRITTEN) ? others : own).authenticator());
    }

    /** Loads one of them for a while. */
    Slice slice(String name, HttpCase one, Duration time) throws IOException, InterruptedException {
        String form = form(name, one);
        URI url = URI.create("http://127.0.0.1:" + port(name) + one.target(path(name, one), form));
        Path script = null;
        if (one.isPost()) {
            script = folder.resolve(name.replace(' ', '-') + ".lua");
            Files.writeString(script, one.lua(form));
        }
        ComparedServer server = server(name);
        return Slice.measure(
                new Load(url, one.connections(), script), time, server.figures(), server.allocation(), one.isRefused());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (ComparedServer server : servers.values()) {
            server.close();
        }
    }
}
