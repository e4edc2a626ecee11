package io.playgrant.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.console.Browser;
import io.playgrant.console.RunningConsole;
import io.playgrant.operator.Role;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.RedemptionRecord.Kind;
import io.playgrant.record.TokenRecord;
import io.playgrant.usage.RequestTimes.Bucket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The data of charts, from counts of two accounts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrafficChartsTest {

    /** Within the last hour that is complete, whatever the time is. */
    private final Instant minute = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofMinutes(30));

    private RunningConsole console;
    private Browser viewer;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        console = RunningConsole.start(data);
        Application application = console.application();
        List<TokenRecord> records = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            records.add(record(1001, 0, null));
        }
        records.add(record(1002, 0, null));
        records.add(record(1001, 0, redemption(Kind.LICENSE)));
        records.add(record(1001, 0, redemption(Kind.RENEWAL)));
        records.add(record(1001, 0, redemption(Kind.RELEASE)));
        records.add(record(1001, -4010, redemption(Kind.LICENSE)));
        records.add(record(1001, -4010, redemption(Kind.LICENSE)));
        records.add(record(1002, -2018, null));
        application.database().inTransaction(transaction -> {
            application.usage().count(transaction, records);
            return records.size();
        });
        application.requestTimes().add(List.of(new Bucket("http", minute, 1_000, 100)));
        viewer = console.signedIn(Role.VIEWER);
    }

    @AfterAll
    void stop() {
        console.close();
    }

    private TokenRecord record(long account, int code, @Nullable RedemptionRecord redemption) {
        return new TokenRecord(
                minute,
                "id",
                null,
                account,
                Environment.PRODUCTION,
                code,
                List.of(),
                null,
                null,
                TokenRecord.Source.HTTP,
                null,
                redemption);
    }

    private static RedemptionRecord redemption(Kind kind) {
        return new RedemptionRecord(kind, null, null, null, null);
    }

    private JsonNode json(String path) throws Exception {
        var response = viewer.get(path);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return new ObjectMapper().readTree(response.body());
    }

    /** The value of a series at the minute, and the sum of the others. */
    private void assertPoint(JsonNode chart, String label, Instant at, double value) {
        JsonNode series = chart.path("series").findParents("label").stream()
                .filter(one -> one.path("label").asText().equals(label))
                .findFirst()
                .orElseThrow();
        double sum = 0;
        for (int i = 0; i < chart.path("times").size(); i++) {
            double point = series.path("values").get(i).asDouble();
            sum += point;
            if (chart.path("times").get(i).asLong() == at.getEpochSecond()) {
                assertThat(point).as(label).isEqualTo(value);
            }
        }
        assertThat(sum).as(label).isEqualTo(value);
    }

    @Test
    void aDay_hasMinutes() throws Exception {
        JsonNode chart = json("/console/data/traffic?period=day");

        assertThat(chart.path("times").size()).isEqualTo(1_439);
        assertThat(chart.path("times").get(1).asLong()
                        - chart.path("times").get(0).asLong())
                .isEqualTo(60);
        assertPoint(chart, "Tokens issued", minute, 7);
        assertPoint(chart, "Redeemed", minute, 2);
        assertPoint(chart, "Refused", minute, 3);
    }

    @Test
    void aWeek_hasHours_ofOneAccount_perMinute() throws Exception {
        JsonNode chart = json("/console/data/traffic?period=week&account=1001");
        Instant hour = minute.truncatedTo(ChronoUnit.HOURS);

        assertThat(chart.path("times").size()).isEqualTo(167);
        assertPoint(chart, "Tokens issued", hour, 0.1);
        assertPoint(chart, "Redeemed", hour, 0.033);
        assertPoint(chart, "Refused", hour, 0.033);
    }

    @Test
    void times_haveGaps_whereThereAreNoRequests() throws Exception {
        JsonNode chart = json("/console/data/times?period=day");

        JsonNode p99 = chart.path("series").get(1);
        assertThat(p99.path("label").asText()).isEqualTo("Tokens p99");
        List<Double> values = new ArrayList<>();
        p99.path("values").forEach(value -> {
            if (!value.isNull()) {
                values.add(value.asDouble());
            }
        });
        assertThat(values).hasSize(1).allMatch(millis -> millis > 0.5 && millis <= 1);
        assertThat(chart.path("unit").asText()).isEqualTo("ms");
        assertThat(chart.path("series").get(3).path("values")).allMatch(JsonNode::isNull);
    }

    @Test
    void tables_haveTheSameNumbers() throws Exception {
        assertThat(viewer.get("/console/data/traffic/table?period=day").body())
                .contains("<td class=\"number\">7</td><td class=\"number\">2</td><td class=\"number\">3</td></tr>");
        assertThat(viewer.get("/console/data/traffic/table?period=week&account=1002")
                        .body())
                .contains("<td class=\"number\">1</td><td class=\"number\">0</td><td class=\"number\">1</td></tr>");
        assertThat(viewer.get("/console/data/times/table?period=day").body())
                .contains("<td class=\"number\">–</td><td class=\"number\">–</td></tr>");
    }

    @Test
    void overview_countsRefusalsByCode() throws Exception {
        assertThat(viewer.get("/console/").body())
                .contains(
                        "<a href=\"/console/requests?code&#x3D;-4010\">-4010</a></th><td class=\"text\">Invalid token</td>"
                                + "<td class=\"number\">2</td></tr>")
                .contains(
                        ">-2018</a></th><td class=\"text\">Authentication token invalid</td><td class=\"number\">1</td></tr>");
    }

    @Test
    void anUnknownAccount_hasNoCounts() throws Exception {
        assertPoint(json("/console/data/traffic?period=day&account=x"), "Tokens issued", minute, 0);
    }
}
