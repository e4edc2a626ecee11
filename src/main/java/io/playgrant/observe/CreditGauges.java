package io.playgrant.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A gauge for each account that has a limit. While an account is shown it stays the same meter, whose value changes: of one that is
 * registered anew, a scrape at that moment meets both, which makes it fail, or neither. For one thread.
 */
final class CreditGauges {

    private final Map<Long, AtomicLong> shown = new HashMap<>();
    private final MultiGauge gauges;

    CreditGauges(MeterRegistry registry) {
        gauges = MultiGauge.builder("playgrant.credits")
                .description("Credits left to accounts that have a limit, without those that servers took in advance")
                .register(registry);
    }

    /** Shows what these accounts have left, and no others any more. */
    void show(Map<Long, Long> left) {
        shown.keySet().retainAll(left.keySet());
        left.forEach((account, credits) ->
                shown.computeIfAbsent(account, added -> new AtomicLong()).set(credits));
        // Registers those that are new and then removes those that are gone; leaves the others as they are.
        gauges.register(shown.entrySet().stream()
                .map(account ->
                        MultiGauge.Row.of(Tags.of("account", Long.toString(account.getKey())), account.getValue()))
                .toList());
    }
}
