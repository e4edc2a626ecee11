package io.playgrant.client;

import io.playgrant.batch.BatchException;
import io.playgrant.batch.SourceAwayException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends one message to a licence service, for the command line. */
public final class LicenseServiceClient {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** An answer of more than 1 MiB is cut off, so that its reader refuses it. */
    private static final int LONGEST = 1024 * 1024 + 1;

    private LicenseServiceClient() {}

    /**
     * An answer.
     *
     * @param status its HTTP status
     * @param body its body
     */
    public record Answer(int status, byte[] body) {}

    /**
     * Sends a message and waits for the answer.
     *
     * @throws SourceAwayException if the service cannot be reached or does not answer in time
     * @throws BatchException if the service is not trusted
     */
    public static Answer post(URI url, byte[] message, Duration timeout) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(message))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (SilenceLimit body = SilenceLimit.on(response.body(), timeout)) {
                return new Answer(response.statusCode(), body.readNBytes(LONGEST));
            }
        } catch (IOException e) {
            throw Unreachable.because(e, url.getAuthority(), timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchException("The command was interrupted while it waited for the licence service");
        }
    }
}
