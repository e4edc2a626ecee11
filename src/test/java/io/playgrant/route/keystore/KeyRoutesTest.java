package io.playgrant.route.keystore;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Profile;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.http.HttpServers;
import io.playgrant.route.http.RawHttp;
import io.playgrant.route.http.RawHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** {@code routes/keystore-http.camel.yaml}: every operation. */
class KeyRoutesTest extends FlowTestSupport {

    private static final String KEK = secret("000102030405060708090a0b0c0d0e0f");
    private static final String K = secret("a9b9033df0b9ca5447839e3d074817a0");
    private static final String KID = "80ea8bc8a58f990ad1f76bc665b30bfa";

    private final String authenticator = newCustomer(Profile.STRICT).production();

    @Test
    void everyOperation_isDoneAndAnswered() throws Exception {
        Answer created = send("POST", "/keys", "{\"kid\":\"^kid1\",\"k\":\"" + K + "\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("location")).isEqualTo("/keys/" + KID);
        assertThat(created.header("content-type")).isEqualTo("application/json");
        assertThat(send("PUT", "/keys/^kid1", "{\"info\":\"i\"}").body()).contains("\"info\":\"i\"");
        assertThat(send("GET", "/keys/^kid1", "").body()).startsWith("{\"kid\":\"" + KID + "\",\"k\":\"" + K + "\"");
        assertThat(send("GET", "/keys", "").body()).startsWith("[{\"kid\":\"" + KID);
        assertThat(send("GET", "/keycount", "").body()).isEqualTo("{\"keyCount\":1}");
        Answer value = send("GET", "/keys/^kid1/value", "");
        assertThat(value.body()).isEqualTo(K);
        assertThat(value.header("content-type")).isEqualTo("text/plain");
        Answer deleted = send("DELETE", "/keys/^kid1", "");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body()).isEmpty();
        assertThat(send("PATCH", "/keys/^kid1", "").status()).isEqualTo(405);
    }

    private Answer send(String method, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        int port = context.hasService(HttpServers.class).port();
        return new RawHttp(port)
                .send(
                        method,
                        "/keystore" + path + "?customerAuthenticator=" + authenticator + "&kek=" + KEK,
                        bytes,
                        "Content-Length: " + bytes.length);
    }
}
