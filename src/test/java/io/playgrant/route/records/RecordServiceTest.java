package io.playgrant.route.records;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.RawHttp;
import io.playgrant.route.http.RawHttp.Answer;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenOpener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records as clients see them, over HTTP. Written at once, so that no test waits. */
class RecordServiceTest {

    private static final String KEY = secret("000102030405060708090a0b0c0d0e0f");
    private static final String FILM = "863d0db7d7cd936f8429635a3a8baee1";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dataDir;

    private RunningService service;
    private Customer customer;

    @BeforeEach
    void start() throws Exception {
        service = RunningService.start(dataDir, Map.of("PLAYGRANT_RECORDS", "sync"));
        customer = service.newCustomer(Profile.LENIENT);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void token_leavesARecord() throws Exception {
        Instant before = Instant.now();
        Answer answer = token("&cookie=c%C3%A9&contentId=film-1&kid=%5Emy-first-film");
        JsonNode record = only(records(""));
        assertThat(record.fieldNames())
                .toIterable()
                .containsExactly(
                        "time",
                        "requestId",
                        "tokenId",
                        "account",
                        "environment",
                        "code",
                        "kids",
                        "contentId",
                        "cookie",
                        "source",
                        "address");
        Claims claims = new TokenOpener(service.application().keyRing())
                .open(secret(answer.body().split("ExpressPlayToken=", 2)[1]));
        assertThat(Instant.parse(record.get("time").textValue())).isBetween(before.minusMillis(1), Instant.now());
        assertThat(record.get("requestId").textValue()).isEqualTo(answer.header("x-request-id"));
        assertThat(record.get("tokenId").textValue()).isEqualTo(claims.tokenId());
        assertThat(record.get("account").longValue()).isEqualTo(customer.account());
        assertThat(record.get("environment").textValue()).isEqualTo("production");
        assertThat(record.get("code").intValue()).isZero();
        assertThat(record.get("kids")).hasToString("[\"" + FILM + "\"]");
        assertThat(record.get("contentId").textValue()).isEqualTo("film-1");
        assertThat(record.get("cookie").textValue()).isEqualTo("cé");
        assertThat(record.get("source").textValue()).isEqualTo("http");
        assertThat(record.get("address").textValue()).isEqualTo("127.0.0.1");
    }

    @Test
    void redemptions_areFoundWithTheIssueOfTheirToken() throws Exception {
        token("&kid=%5Efilm");
        String tokenId = only(records("")).get("tokenId").textValue();
        try (RecordWriter writer = service.application().newRecordWriter()) {
            writer.add(new TokenRecord(
                    Instant.now(),
                    "request",
                    tokenId,
                    customer.account(),
                    Environment.PRODUCTION,
                    -4010,
                    List.of(),
                    null,
                    null,
                    TokenRecord.Source.HTTP,
                    "192.0.2.1",
                    new RedemptionRecord(RedemptionRecord.Kind.LICENSE, "wrong content", null, null, null)));
        }
        List<JsonNode> story = records("&tokenId=" + tokenId);
        assertThat(story).hasSize(2);
        assertThat(story.get(0).get("code").intValue()).isEqualTo(-4010);
        assertThat(story.get(0).get("redemption")).hasToString("{\"kind\":\"license\",\"reason\":\"wrong content\"}");
        assertThat(story.get(1).has("redemption")).isFalse();
    }

    @Test
    void everyRefusalOfAKnownAccount_leavesOneRecord() throws Exception {
        service.application().accounts().change(customer.account(), AccountChange.credits(Limit.of(0)));
        token("&kid=12&contentId=c%00d");
        token("&kid=%5Emy-first-film&kek=" + secret("00112233445566778899aabbccddeeff"));
        token("&kid=%5Emy-first-film");
        http().get("/hms/wv/token?customerAuthenticator=" + customer.test(), "Host: play.example");
        http().send("POST", "/hms/wv/tokens?customerAuthenticator=" + customer.production(), new byte[0]);
        List<JsonNode> records = records("");
        assertThat(records).extracting(record -> record.get("code").intValue()).containsExactly(-2019, -6005, -4020);
        assertThat(records.get(2).get("kids")).isEmpty();
        assertThat(records.get(2).get("contentId").textValue()).isEqualTo("c\ufffdd");
        assertThat(records.get(2).has("tokenId")).isFalse();
        assertThat(records.get(0).get("kids")).hasToString("[\"" + FILM + "\"]");
        // Its authenticator is that of the test environment.
        assertThat(parse(http().get("/records?customerAuthenticator=" + customer.test(), "Host: test.localhost")))
                .extracting(record -> record.get("code").intValue())
                .containsExactly(-2018);
    }

    @Test
    void whoIsNotKnown_leavesNone_norDoesWhatIssuesNoToken() throws Exception {
        http().get("/hms/wv/token?kid=1");
        http().get("/hms/wv/token?customerAuthenticator=" + customer.account() + ","
                + secret("00000000deadbeef00000000deadbeef"));
        http().get("/keystore/keys/%5Enone?customerAuthenticator=" + customer.production());
        http().get("/nothing?customerAuthenticator=" + customer.production());
        http().get("/records?limit=0&customerAuthenticator=" + customer.production());
        assertThat(records("")).isEmpty();
        assertThat(service.application().records().accounts()).isEmpty();
    }

    @Test
    void linesOfAStream_leaveARecordEach_withTheirIds() throws Exception {
        Answer answer = http().post(
                        "/hms/wv/tokens?customerAuthenticator=" + customer.production(),
                        "{\"id\":\"a\",\"parameters\":{\"kid\":\"^my-first-film\",\"contentKey\":\"" + KEY + "\"}}\n"
                                + "{\"id\":\"b\",\"parameters\":{}}\n{\"id\":\"c\"}\n",
                        "Content-Type: application/x-ndjson");
        assertThat(answer.status()).isEqualTo(200);
        List<JsonNode> records = records("");
        assertThat(records)
                .extracting(record -> record.get("requestId").textValue())
                .containsExactly("c", "b", "a");
        assertThat(records).extracting(record -> record.get("code").intValue()).containsExactly(400, -4018, 0);
        assertThat(records)
                .extracting(record -> record.get("source").textValue())
                .containsOnly("http");
    }

    @Test
    void refusedStream_leavesARecord() throws Exception {
        service.application().accounts().change(customer.account(), AccountChange.widevine(false));
        await().atMost(Duration.ofSeconds(20)).until(() -> token("&kid=%5Efilm").status() == 401);
        int before = records("&limit=1000").size();
        Answer answer = http().post(
                        "/hms/wv/tokens?customerAuthenticator=" + customer.production(),
                        "",
                        "Content-Type: application/x-ndjson");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(records("&limit=1000")).hasSize(before + 1);
    }

    @Test
    void others_seeNothingOfIt() throws Exception {
        token("&kid=%5Efilm");
        Customer other = service.newCustomer(Profile.STRICT);
        assertThat(parse(http().get("/records?customerAuthenticator=" + other.production())))
                .isEmpty();
        assertThat(parse(http().get("/records?customerAuthenticator=" + customer.test(), "Host: test.localhost")))
                .isEmpty();
        Answer refused = http().get("/records");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body())
                .isEqualTo("{\"code\":-2017,\"message\":\"[-2017] Authentication token must be supplied\"}");
    }

    @Test
    void callers_mayUseBasicCredentials() throws Exception {
        token("&kid=%5Efilm");
        String credentials = Base64.getEncoder()
                .encodeToString(customer.production().replace(',', ':').getBytes(StandardCharsets.UTF_8));
        assertThat(parse(http().get("/records", "Authorization: Basic " + secret(credentials))))
                .hasSize(1);
    }

    @Test
    void filters_findWhatTheyName() throws Exception {
        token("&kid=%5Emy-first-film&cookie=one&contentId=film%201");
        token("&kid=%5Eother&cookie=two");
        token("&kid=1");
        JsonNode one = records("").get(2);
        assertThat(records("&cookie=one")).containsExactly(one);
        assertThat(records("&requestId=" + one.get("requestId").textValue())).containsExactly(one);
        assertThat(records("&contentId=film%201")).containsExactly(one);
        assertThat(records("&contentId=film")).isEmpty();
        assertThat(records("&tokenId=" + one.get("tokenId").textValue())).containsExactly(one);
        assertThat(records("&kid=" + FILM)).containsExactly(one);
        assertThat(records("&kid=%5Emy-first-film&code=0")).containsExactly(one);
        assertThat(records("&code=-4020")).hasSize(1);
        assertThat(records("&code=0")).hasSize(2);
        String time = one.get("time").textValue();
        assertThat(records("&to=" + time)).isEmpty();
        assertThat(records("&from=" + time)).hasSize(3);
        assertThat(records("&code=0&to=2026-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void pages_giveAllRecordsOnce() throws Exception {
        for (int i = 0; i < 40; i++) {
            token("&kid=%5Efilm&cookie=" + i);
        }
        assertThat(records("")).hasSize(32);
        List<String> cookies = new ArrayList<>();
        String before = "";
        while (before != null) {
            Answer answer =
                    http().get("/records?customerAuthenticator=" + customer.production() + "&limit=15" + before);
            JsonNode page = JSON.readTree(answer.body());
            page.get("records")
                    .forEach(record -> cookies.add(record.get("cookie").textValue()));
            before = page.has("next") ? "&before=" + page.get("next").textValue() : null;
        }
        assertThat(cookies).hasSize(40).doesNotHaveDuplicates().startsWith("39", "38");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0 | limit must be 1 to 1000",
                "limit=1001 | limit must be 1 to 1000",
                "limit=x | limit must be a number",
                "code=x | code must be a number",
                "tokenId=12 | tokenId must be 32 hexadecimal digits",
                "kid=12 | kid must be 32 hexadecimal digits, or ^ and 1 to 64 characters",
                "from=today | from must be a time of RFC 3339, as in 2026-11-23T12:00:00Z",
                "to=+99999-01-01T00:00:00Z | to must be a time of RFC 3339, as in 2026-11-23T12:00:00Z",
                "before=x | before must be the next of the page before",
                "cookie=a&cookie=b | cookie must be given once, as percent-encoded UTF-8",
                "code=0&from=2020-01-01T00:00:00Z | with cookie, tokenId, kid, code, requestId or contentId, from and to must be at most 7 days apart"
            })
    void parameters_areChecked(String parameters, String details) throws Exception {
        Answer answer = http().get("/records?customerAuthenticator=" + customer.production() + "&" + parameters);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"code\":400,\"message\":\"[400] Bad Request: " + details + "\"}");
    }

    @Test
    void metrics_tellHowFarTheRecordsAre() throws Exception {
        token("&kid=%5Efilm");
        assertThat(service.metric("playgrant_records_written_total")).isEqualTo(1);
        assertThat(service.metric("playgrant_records_waiting")).isZero();
        assertThat(service.metric("playgrant_records_failures_total")).isZero();
        assertThat(service.management().get("/observe/health").body())
                .contains("{\"name\":\"records\",\"status\":\"UP\"}");
    }

    @Test
    void records_areCountedApartFromTokens() throws Exception {
        records("");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.metric("playgrant_requests_total{code=\"0\",source=\"records\"}") == 1);
        assertThat(service.metric("playgrant_requests_total{code=\"0\",source=\"http\"}"))
                .isZero();
    }

    private Answer token(String parameters) throws IOException {
        return http().get("/hms/wv/token?customerAuthenticator=" + customer.production() + "&contentKey=" + KEY
                + parameters);
    }

    private List<JsonNode> records(String parameters) throws IOException {
        return parse(http().get("/records?customerAuthenticator=" + customer.production() + parameters));
    }

    private static List<JsonNode> parse(Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<JsonNode> records = new ArrayList<>();
        JSON.readTree(answer.body()).get("records").forEach(records::add);
        return records;
    }

    private static JsonNode only(List<JsonNode> records) {
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private RawHttp http() {
        return service.http();
    }
}
