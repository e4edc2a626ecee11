package io.playgrant.config;

import io.playgrant.keystore.packaging.PeriodLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of packagers.
 *
 * @param periods the limits of keys that rotate
 */
public record PackagerSettings(PeriodLimits periods) {

    private static final Setting<Integer> PERIODS =
            new Setting<>("playgrant.packager.periods", text -> SettingParsers.number(text, 0, 1_000_000));
    private static final Setting<Integer> PERIOD_DAYS =
            new Setting<>("playgrant.packager.period.days", text -> SettingParsers.number(text, 0, 36_500));

    /** All of them, in the order of {@code application.properties}. */
    static final List<Setting<?>> ALL = List.of(PERIODS, PERIOD_DAYS);

    /**
     * Reads the settings.
     *
     * @throws SettingsException with a message that names the wrong setting
     */
    static PackagerSettings read(SettingsSource source) {
        int days = source.get(PERIOD_DAYS);
        return new PackagerSettings(new PeriodLimits(
                source.get(PERIODS), days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days))));
    }
}
