package io.playgrant.client;

import io.playgrant.batch.BatchException;
import io.playgrant.batch.Item;
import io.playgrant.batch.JsonResults;
import io.playgrant.batch.SourceAwayException;
import io.playgrant.batch.TokenResult;
import io.playgrant.batch.TokenSource;
import io.playgrant.batch.row.MessageException;
import io.playgrant.batch.row.RawRow;
import io.playgrant.batch.row.RowReader;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * Obtains tokens from a running server through its endpoint for streams. Each call is a separate request, so that unanswered items can be
 * retried.
 */
public final class ServerTokens implements TokenSource {

    private static final String PATH = "/hms/wv/tokens?errorFormat=json";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int LONGEST_ERROR = 16 * 1024;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BAD_GATEWAY = 502;

    private final JsonResults results = new JsonResults();
    private final URI url;
    private final String authenticator;
    private final HttpClient client;
    private final Duration longestSilence;
    private final Runnable onToken;

    /**
     * A source of tokens for one account.
     *
     * @param server scheme, host and port, and the prefix of the protocol's paths, if any
     * @param authenticator the authenticator of the account; a secret
     * @param trust the trusted certificate authorities, if the scheme is https
     * @param longestSilence how long the server may send nothing, before and during its answer
     * @param onToken called for each token when it arrives, by any thread
     */
    public ServerTokens(URI server, String authenticator, SSLContext trust, Duration longestSilence, Runnable onToken) {
        this.url = URI.create(server.toString().replaceFirst("/+$", "") + PATH);
        this.authenticator = authenticator;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .sslContext(trust)
                .build();
        this.longestSilence = longestSilence;
        this.onToken = onToken;
    }

    @Override
    public List<TokenResult> issue(List<Item> items) {
        List<Item> own = items.stream().filter(this::isOwn).toList();
        List<TokenResult> given = own.isEmpty() ? List.of() : send(own);
        List<TokenResult> all = new ArrayList<>(items.size());
        int next = 0;
        for (Item item : items) {
            if (!isOwn(item)) {
                all.add(foreign(item));
            } else if (next < given.size()) {
                all.add(given.get(next++));
            } else {
                return all;
            }
        }
        return all;
    }

    private boolean isOwn(Item item) {
        return item.parameters().get(RequestLines.AUTHENTICATOR).values().stream()
                .allMatch(authenticator::equals);
    }

    private static TokenResult foreign(Item item) {
        return TokenResult.of(
                item.id(),
                ErrorMessage.of(TokenException.of(
                        ErrorCode.INVALID_AUTHENTICATOR, "all requests to a server must have the same authenticator")));
    }

    private List<TokenResult> send(List<Item> items) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(longestSilence)
                .header("Content-Type", "application/x-ndjson")
                .header("Authorization", "Basic " + credentials())
                .POST(BodyPublishers.ofByteArray(RequestLines.of(items)))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (SilenceLimit body = SilenceLimit.on(response.body(), longestSilence)) {
                if (response.statusCode() != OK) {
                    throw refused(response.statusCode(), body.readNBytes(LONGEST_ERROR));
                }
                List<TokenResult> read = read(body, items);
                if (read.isEmpty() && body.isExceeded()) {
                    throw new HttpTimeoutException("The server sends nothing");
                }
                return read;
            }
        } catch (IOException e) {
            throw Unreachable.because(e, url.getAuthority(), longestSilence);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchException("The run was interrupted while it waited for the server");
        }
    }

    /** Basic credentials: an authenticator has a comma between number and digits, credentials have a colon. */
    private String credentials() {
        return Base64.getEncoder()
                .encodeToString(authenticator.replaceFirst(",", ":").getBytes(StandardCharsets.UTF_8));
    }

    private RuntimeException refused(int status, byte[] body) {
        String answer = "The server at " + url.getAuthority() + " answers with " + status
                + ErrorBody.message(body).map(message -> ": " + message).orElse("");
        boolean passes = status == TOO_MANY_REQUESTS || status >= BAD_GATEWAY;
        if (passes) {
            return new SourceAwayException(answer);
        }
        return new BatchException(
                status == NOT_FOUND
                        ? answer + "; this server has no endpoint for streams at " + url.getPath()
                        : answer);
    }

    /** The results in the order of the items; fewer if the connection is lost on the way. */
    private List<TokenResult> read(InputStream body, List<Item> items) {
        List<TokenResult> read = new ArrayList<>(items.size());
        try (RowReader lines = RowReader.lines(body)) {
            for (RawRow line = lines.next(); line != null && line.ended(); line = lines.next()) {
                if (line.refusal() != null || read.size() == items.size()) {
                    throw notResults();
                }
                TokenResult result = results.read(line.bytes());
                if (!Objects.equals(result.id(), items.get(read.size()).id())) {
                    throw notResults();
                }
                read.add(result);
                if (result.licenseUrl() != null) {
                    onToken.run();
                }
            }
        } catch (MessageException e) {
            throw notResults();
        } catch (IOException e) {
            return read;
        }
        return read;
    }

    private BatchException notResults() {
        return new BatchException("The server at " + url.getAuthority() + " sent something other than results");
    }
}
