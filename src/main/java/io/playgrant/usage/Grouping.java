package io.playgrant.usage;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the rows of a {@linkplain UsageQuery query} stand for. Hours and days are those of UTC. */
public enum Grouping {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1)),
    CODE(null),
    SOURCE(null),
    ACCOUNT(null),
    OPERATION(null);

    private final @Nullable Duration step;

    Grouping(@Nullable Duration step) {
        this.step = step;
    }

    /** The length of the period that a row stands for; null if a row stands for something else. */
    public @Nullable Duration step() {
        return step;
    }

    /** The name in lower case, as in options and output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
