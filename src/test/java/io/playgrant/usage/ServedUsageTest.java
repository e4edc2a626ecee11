package io.playgrant.usage;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts and request times of a server that has ended. */
class ServedUsageTest {

    private static final String KEY = secret("e1e1e2e3e4e5e6e7e8e9eaebecedeeef");

    @TempDir
    private Path folder;

    @Test
    void served_isCounted_andTimed() throws Exception {
        long account = serve(Map.of());
        try (Application application = RunningService.openApplication(folder, Map.of())) {
            Instant now = application.clock().instant();
            Instant before = now.minus(Duration.ofHours(1));
            assertThat(application
                            .usage()
                            .find(new UsageQuery(
                                    OptionalLong.of(account), Optional.empty(), before, now, Grouping.CODE)))
                    .containsExactly(
                            new UsageRow("-4020", null, 0, 2, 0, 0, 0, 0), new UsageRow("0", null, 3, 0, 0, 0, 0, 0));
            List<RequestTime> times = application.requestTimes().find(before, now, Duration.ofMinutes(1), "http");
            assertThat(times.stream().mapToLong(RequestTime::requests).sum()).isEqualTo(5);
            assertThat(times).allSatisfy(time -> assertThat(time.p99()).isPositive());
        }
    }

    @Test
    void withoutRecords_nothingIsCounted() throws Exception {
        Map<String, String> off = Map.of("PLAYGRANT_RECORDS", "off");
        serve(off);
        try (Application application = RunningService.openApplication(folder, off)) {
            assertThat(application.usage().accounts()).isEmpty();
        }
    }

    /** Serves three tokens and two refusals. Returns the account. */
    private long serve(Map<String, String> environment) throws Exception {
        try (RunningService service = RunningService.start(folder, environment)) {
            Customer customer = service.newCustomer(Profile.STRICT);
            String issue = "/hms/wv/token?customerAuthenticator=" + customer.production();
            for (int i = 0; i < 3; i++) {
                assertThat(service.http()
                                .get(issue + "&kid=%5Efilm&securityLevel=1&hdcpOutputControl=0&contentKey=" + KEY)
                                .status())
                        .isEqualTo(200);
            }
            for (int i = 0; i < 2; i++) {
                assertThat(service.http().get(issue + "&kid=1234").status()).isEqualTo(400);
            }
            return customer.account();
        }
    }
}
