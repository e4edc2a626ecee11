package io.playgrant.bench.growth;

import io.playgrant.bench.measure.Slice;
import io.playgrant.bench.measure.Wrk.Load;
import io.playgrant.bench.measure.Wrk;
import io.playgrant.bench.server.ComparedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Accounts of a server whose authenticators differ in the number only, so that a script can ask for any of them.
 *
 * @param first the number of the first account
 * @param secret the digits of their authenticators
 */
record Crowd(ComparedServer server, long first, String secret) {

    private static final int CONNECTIONS = 32;
    private static final Duration FILL = Duration.ofSeconds(1);

    /** The account of an authenticator alone. */
    static Crowd ofOne(ComparedServer server, String authenticator) {
        String[] parts = authenticator.split(",", -1);
        return new Crowd(server, Long.parseLong(parts[0]), parts[1]);
    }

    /**
     * Loads the server with requests of random accounts, after a second in which caches are filled.
     *
     * @param spread how many accounts
     * @param parameters all but the authenticator, encoded
     */
    Slice slice(Path folder, int spread, String parameters, Duration time) throws IOException, InterruptedException {
        Path script = folder.resolve("crowd.lua");
        Files.writeString(script, lua(spread, parameters));
        Load load = new Load(URI.create("http://127.0.0.1:" + server.port() + "/hms/wv/token"), CONNECTIONS, script);
        Wrk.run(load, FILL);
        return Slice.measure(load, time, server.figures(), server.allocation(), false);
    }

    /** The same work for wrk, however many accounts there are. */
    private String lua(int spread, String parameters) {
        return """
                local before = "GET /hms/wv/token?customerAuthenticator="
                local after = ",%s&%s HTTP/1.1\\r\\nHost: 127.0.0.1:%d\\r\\n\\r\\n"
                request = function()
                    return before .. string.format("%%d", math.random(%d, %d)) .. after
                end
                """.formatted(secret, parameters, server.port(), first, first + spread - 1);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Crowd[" + first + "]";
    }
}
