package io.playgrant.console.page;

import io.playgrant.usage.Grouping;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** The periods of charts. */
enum Period {
    DAY("day", "24 hours", Duration.ofHours(24), Grouping.MINUTE, Duration.ofMinutes(5)),
    WEEK("week", "7 days", Duration.ofDays(7), Grouping.HOUR, Duration.ofHours(1));

    private final String label;
    private final String text;
    private final Duration length;
    private final Grouping grouping;
    private final Duration timesStep;

    Period(String label, String text, Duration length, Grouping grouping, Duration timesStep) {
        this.label = label;
        this.text = text;
        this.length = length;
        this.grouping = grouping;
        this.timesStep = timesStep;
    }

    /** The period with a label; a day if there is none. */
    static Period of(String label) {
        return Arrays.stream(values())
                .filter(period -> period.label.equals(label))
                .findFirst()
                .orElse(DAY);
    }

    /** Its name in URLs. */
    String label() {
        return label;
    }

    /** Its name for people. */
    String text() {
        return text;
    }

    /** Its beginning. */
    Instant start(Instant now) {
        return now.minus(length);
    }

    /** The period of a point in charts of counts. */
    Grouping grouping() {
        return grouping;
    }

    /** The period of a point in charts of times: with fewer requests, the slowest hundredth means nothing. */
    Duration timesStep() {
        return timesStep;
    }
}
