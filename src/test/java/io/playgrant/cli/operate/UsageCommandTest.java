package io.playgrant.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.RedemptionRecord.Kind;
import io.playgrant.record.TokenRecord;
import io.playgrant.record.TokenRecord.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageCommandTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private TestHome home;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
        home.createAccount("N");
    }

    @Test
    void usage_countsThePeriod_byDay() {
        record(
                answer(NOON.minus(Duration.ofDays(1)), 1001, 0, null),
                answer(NOON, 1001, 0, null),
                answer(NOON, 1001, -2019, null),
                answer(NOON.plusSeconds(11 * 3_600), 1002, 0, Kind.LICENSE),
                answer(NOON.plusSeconds(12 * 3_600), 1002, 0, Kind.LICENSE));
        assertThat(table("--from", "2026-11-22", "--to", "2026-11-23")).isEqualTo("""
                DAY TOKENS REFUSED TOKENS LICENSES RENEWALS RELEASES REFUSED REDEMPTIONS ANSWERS
                2026-11-22 1 0 0 0 0 0 1
                2026-11-23 1 1 1 0 0 0 3
                total 2 1 1 0 0 0 4
                """);
        assertThat(table("--from", "2026-11-23T12:00:00Z", "--to", "2026-11-24T00:00:00Z", "--by", "code"))
                .isEqualTo("""
                CODE TOKENS REFUSED TOKENS LICENSES RENEWALS RELEASES REFUSED REDEMPTIONS ANSWERS
                -2019 0 1 0 0 0 0 1
                0 1 0 1 0 0 0 2
                total 1 1 1 0 0 0 3
                """);
        assertThat(home.run("usage", "--to", "2026-11-24", "--by", "hour", "--account", "1002", "--csv")
                        .out())
                .isEqualTo("""
                        hour,tokens,tokensRefused,licenses,renewals,releases,redemptionsRefused,answers
                        2026-11-23T23:00:00Z,0,0,1,0,0,0,1
                        2026-11-24T00:00:00Z,0,0,1,0,0,0,1
                        """);
        assertThat(home.run("usage", "--from", "2026-11-01", "--to", "2026-11-23", "--by", "account", "--json")
                        .out())
                .isEqualTo(
                        "[{\"account\":1001,\"tokens\":2,\"tokensRefused\":1,\"licenses\":0,\"renewals\":0,\"releases\":0,"
                                + "\"redemptionsRefused\":0,\"answers\":3},{\"account\":1002,\"tokens\":0,\"tokensRefused\":0,\"licenses\":1,"
                                + "\"renewals\":0,\"releases\":0,\"redemptionsRefused\":0,\"answers\":1}]\n");
        assertThat(home.run("usage", "--from", "2026-11-01", "--to", "2026-11-23", "--environment", "test", "--json")
                        .out())
                .isEqualTo("[]\n");
    }

    @Test
    void usage_countsTheLast30Days_byDefault() {
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        record(
                answer(today, 1001, 0, null),
                answer(today.minus(Duration.ofDays(29)), 1001, 0, null),
                answer(today.minus(Duration.ofDays(29)).minusSeconds(1), 1001, 0, null));
        assertThat(table().lines()).hasSize(4).last().isEqualTo("total 2 0 0 0 0 0 2");
    }

    @Test
    void usage_withoutAnswers_isZero() {
        assertThat(table().lines()).hasSize(2).last().isEqualTo("total 0 0 0 0 0 0 0");
        assertThat(home.run("usage", "--csv").out().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--json --csv                       | --json and --csv exclude each other",
                "--from 2026-11-23 --to 2026-11-22  | --from must be before --to",
                "--from today     | Invalid value for option '--from': it must be a time such as 2026-11-23T12:00:00Z, or a day such as 2026-11-23",
                "--to +99999999-12-31 | Invalid value for option '--to': it must be a time such as 2026-11-23T12:00:00Z, or a day such as 2026-11-23",
                "--by week        | Invalid value for option '--by': 'week' is neither minute nor hour nor day nor code nor source nor account nor operation"
            })
    void usage_isAskedWrongly(String arguments, String problem) {
        Run run = home.run(("usage " + arguments).split(" "));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith(problem + "\n");
    }

    /** The table, with one space between the columns. */
    private String table(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "usage";
        System.arraycopy(options, 0, arguments, 1, options.length);
        Run run = home.run(arguments);
        assertThat(run.err()).isEmpty();
        return run.out().replaceAll(" +", " ");
    }

    private void record(TokenRecord... records) {
        try (Application application = home.openApplication();
                RecordWriter writer = application.newRecordWriter()) {
            writer.add(List.of(records));
        }
    }

    private static TokenRecord answer(Instant time, long account, int code, @Nullable Kind kind) {
        return new TokenRecord(
                time,
                "id",
                null,
                account,
                Environment.PRODUCTION,
                code,
                List.of(),
                null,
                null,
                Source.HTTP,
                null,
                kind == null ? null : new RedemptionRecord(kind, null, null, null, null));
    }
}
