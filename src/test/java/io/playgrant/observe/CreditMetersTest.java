package io.playgrant.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.config.Settings;
import io.playgrant.config.TestInstallation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreditMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void credits_areShownForAccountsWithALimit(@TempDir Path data) {
        Settings settings = TestInstallation.settings(data);
        try (Application application = Application.open(settings);
                CreditMeters meters = new CreditMeters(application.credits(), registry, application.schedule())) {
            application.accounts().create(new NewAccount("N", Profile.STRICT, List.of(), Limit.of(7), Limit.NONE));
            application.accounts().create("M", Profile.STRICT, List.of());
            await().until(() -> left("1001").equals(Optional.of(7.0)));
            assertThat(left("1002")).isEmpty();
            application.accounts().change(1001, AccountChange.credits(Limit.of(3)));
            await().until(() -> left("1001").equals(Optional.of(3.0)));
            application.accounts().delete(1001);
            await().until(() -> left("1001").isEmpty());
        }
    }

    private Optional<Double> left(String account) {
        return Optional.ofNullable(registry.find("playgrant.credits")
                        .tag("account", account)
                        .gauge())
                .map(Gauge::value);
    }
}
