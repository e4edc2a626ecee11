package io.playgrant.console.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.config.TestInstallation;
import io.playgrant.console.Browser;
import io.playgrant.console.RunningConsole;
import io.playgrant.console.page.StaticFiles;
import io.playgrant.console.page.Templates;
import io.playgrant.contentkey.KeyId;
import io.playgrant.operator.Role;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.TokenRecord;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches that take longer than a page may, as all do here: their budget is nothing. */
class ContinuedSearchTest {

    private static final String TOKEN = "00112233445566778899aabbccddeeff";
    private static final int RECORDS = 12;
    private static final Pattern NEXT =
            Pattern.compile("<(?:tr|li class=\"plain\") hx-get=\"([^\"]+)\" hx-trigger=\"load delay:100ms\"");
    private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]+)\"[^>]*>Search further</a>");
    private static final Pattern STOP = Pattern.compile("<a href=\"[^\"]+\" hx-get=\"([^\"]+)\"[^>]*>Stop</a>");
    private static final Pattern ROW = Pattern.compile("<td class=\"text\" data-label=\"Cookie\">(\\d+)</td>");
    private static final Pattern STEP = Pattern.compile("<b>(issued|redeemed)</b>");

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private RunningConsole console;
    private Browser browser;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        Application application = TestInstallation.open(data, Map.of("PLAYGRANT_MANAGEMENT_PORT", "0"));
        application.accounts().create("Studio", Profile.STRICT, List.of());
        try (RecordWriter writer = application.newRecordWriter()) {
            for (int i = 0; i < RECORDS; i++) {
                writer.add(record(i));
            }
        }
        Templates templates = new Templates(new StaticFiles(), "");
        console = RunningConsole.of(application, templates, new RequestParts(templates, application, Duration.ZERO));
        browser = console.signedIn(Role.VIEWER);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void page_continuesByItself_untilEverythingIsFound() throws Exception {
        String first = body("/console/requests?account=1001");
        assertThat(first).contains("Searched back to <time ").contains(">Search further</a>");
        List<String> found = new ArrayList<>(all(ROW, first));
        Optional<String> next = one(NEXT, first);
        String last = first;
        while (next.isPresent()) {
            last = fragment(next.get());
            assertThat(last).doesNotContain("<html");
            found.addAll(all(ROW, last));
            next = one(NEXT, last);
            if (next.isPresent()) {
                assertThat(last).contains(" … continuing. <a href=");
            }
        }
        assertThat(found).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
        assertThat(last).doesNotContain("hx-get");
    }

    @Test
    void stoppedSearch_goesOnWhenAsked() throws Exception {
        String second =
                fragment(one(NEXT, body("/console/requests?account=1001")).orElseThrow());
        String stopped = fragment(one(STOP, second).orElseThrow());

        assertThat(one(NEXT, stopped)).isEmpty();
        assertThat(stopped).contains("Stopped at <time ");
        assertThat(all(ROW, stopped)).isEmpty();
        String further = one(LINK, stopped).orElseThrow();
        assertThat(all(ROW, fragment(further)))
                .isEqualTo(all(ROW, fragment(one(NEXT, second).orElseThrow())));
    }

    @Test
    void withoutScripts_aLinkSearchesFurther() throws Exception {
        List<String> found = new ArrayList<>();
        Optional<String> next = Optional.of("/console/requests?id=" + TOKEN);
        while (next.isPresent()) {
            String page = body(next.get());
            assertThat(page).contains("<h1>Requests</h1>");
            found.addAll(all(ROW, page));
            next = one(LINK, page);
        }
        assertThat(found).hasSize(RECORDS);
        assertThat(new HashSet<>(found)).hasSize(RECORDS);
    }

    @Test
    void story_loadsItsOlderSteps() throws Exception {
        String page = body("/console/requests/token?token=" + TOKEN + "&account=1001&environment=production&issued="
                + now.minusSeconds(60));
        List<String> steps = new ArrayList<>(all(STEP, page));
        Optional<String> next = one(NEXT, page);
        while (next.isPresent()) {
            String older = fragment(next.get());
            steps.addAll(0, all(STEP, older));
            next = one(NEXT, older);
        }
        assertThat(steps).hasSize(RECORDS).startsWith("issued").endsWith("redeemed");
    }

    private String body(String path) throws Exception {
        HttpResponse<String> answer = browser.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** A part of a page, as htmx asks for it. */
    private String fragment(String path) throws Exception {
        Browser htmx = browser.with("HX-Request", "true");
        try {
            return body(path);
        } finally {
            htmx.with("HX-Request", "false");
        }
    }

    private static List<String> all(Pattern pattern, String page) {
        return pattern.matcher(page)
                .results()
                .map(match -> plain(match.group(1)))
                .toList();
    }

    private static Optional<String> one(Pattern pattern, String page) {
        return all(pattern, page).stream().findFirst();
    }

    private static String plain(String html) {
        return html.replace("&amp;", "&").replace("&#x3D;", "=");
    }

    /** The oldest is the issue of a token, and the others its redemptions, each in a block of its own. */
    private TokenRecord record(int number) {
        @Nullable
        RedemptionRecord redemption = number == RECORDS - 1
                ? null
                : new RedemptionRecord(RedemptionRecord.Kind.LICENSE, null, null, null, null);
        return new TokenRecord(
                now.minusSeconds(number * 3L),
                "id" + number,
                TOKEN,
                1001,
                Environment.PRODUCTION,
                0,
                List.of(KeyId.ofName("film")),
                null,
                String.valueOf(number),
                TokenRecord.Source.HTTP,
                null,
                redemption);
    }
}
