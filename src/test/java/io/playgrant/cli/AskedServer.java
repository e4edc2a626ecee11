package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Accounts.Created;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys.Owner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A server that is asked for what is in its memory and what is not. No answer may take longer than five seconds. */
record AskedServer(Server server) {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEK = secret("00112233445566778899aabbccddeeff");
    private static final String EK = secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Who asks.
     *
     * @param account its number
     * @param authenticator its production authenticator
     */
    record Customer(long account, String authenticator) {

        /** Makes one with the keys {@code one} and {@code two}. */
        static Customer in(Application application) {
            Created created = application.accounts().create("N", Profile.STRICT, List.of());
            long account = created.account().number();
            Owner owner = new Owner(account, Environment.PRODUCTION);
            for (String name : List.of("one", "two")) {
                application
                        .storedKeys()
                        .create(
                                owner,
                                new StoredKey(
                                        KeyId.ofName(name),
                                        EncryptedKey.ofHex(EK),
                                        "#1.",
                                        null,
                                        null,
                                        null,
                                        Instant.EPOCH));
            }
            return new Customer(
                    account,
                    secret(created.authenticator(Environment.PRODUCTION).reveal()));
        }

        @Override
        public String toString() {
            return "account " + account;
        }
    }

    CompletableFuture<HttpResponse<String>> beginToken(Customer customer, String key) {
        return begin(
                server.port(),
                "/hms/wv/token?errorFormat=json&securityLevel=1&hdcpOutputControl=0&kid=%5E" + key + "&kek=" + KEK
                        + "&customerAuthenticator=" + customer.authenticator());
    }

    CompletableFuture<HttpResponse<String>> beginCount(Customer customer) {
        return begin(server.port(), "/keystore/keycount?customerAuthenticator=" + customer.authenticator());
    }

    HttpResponse<String> token(Customer customer, String key) {
        return beginToken(customer, key).join();
    }

    void assertGives(Customer customer) {
        assertThat(token(customer, "one").statusCode()).isEqualTo(200);
        assertThat(beginCount(customer).join().body()).isEqualTo("{\"keyCount\":2}");
    }

    /** What is in memory is given, nothing else is. */
    void assertGoesOnFromMemory(Customer known, Customer unknown) {
        CompletableFuture<HttpResponse<String>> account = beginToken(unknown, "one");
        CompletableFuture<HttpResponse<String>> key = beginToken(known, "two");
        CompletableFuture<HttpResponse<String>> count = beginCount(known);
        assertThat(token(known, "one").statusCode()).isEqualTo(200);
        assertRefused(account.join(), -2030);
        assertRefused(key.join(), -4019);
        assertRefused(count.join(), 1);
    }

    /** Waits until memory is not used any more. That of keys may end up to a second before that of accounts. */
    void awaitForgetful(Customer known) {
        await().atMost(PATIENCE).untilAsserted(() -> assertRefused(token(known, "one"), -2030));
    }

    void awaitGiving(Customer customer) {
        await().atMost(PATIENCE).until(() -> token(customer, "one").statusCode() == 200);
    }

    void awaitReady(boolean expected) {
        await().atMost(PATIENCE).until(() -> ready().statusCode() == (expected ? 200 : 503));
    }

    HttpResponse<String> ready() {
        return begin(server.managementPort(), "/observe/health/ready").join();
    }

    String log() throws IOException {
        return Files.readString(server.log());
    }

    static void assertRefused(HttpResponse<String> answer, int code) {
        assertThat(answer.body()).startsWith("{\"code\":" + code + ",");
        assertThat(answer.statusCode()).isEqualTo(503);
    }

    private static CompletableFuture<HttpResponse<String>> begin(int port, String target) {
        return HTTP.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                        .timeout(LIMIT)
                        .build(),
                BodyHandlers.ofString());
    }
}
