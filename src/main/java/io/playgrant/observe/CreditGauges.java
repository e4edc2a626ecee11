package io.playgrant.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A gauge for each account that has a limit. An account keeps its meter as long as it is shown, and only the value changes. If meters were
 * registered anew, a concurrent scrape could see both the old and the new one, and fail, or neither. Not thread-safe.
 */
final class CreditGauges {

    private final Map<Long, AtomicLong> shown = new HashMap<>();
    private final MultiGauge gauges;

    CreditGauges(MeterRegistry registry) {
        gauges = MultiGauge.builder("playgrant.credits")
                .description("Credits left to accounts that have a limit, without those that servers took in advance")
                .register(registry);
    }

    /** Shows the balances of these accounts, and removes all others. */
    void show(Map<Long, Long> left) {
        shown.keySet().retainAll(left.keySet());
        left.forEach((account, credits) ->
                shown.computeIfAbsent(account, added -> new AtomicLong()).set(credits));
        // Registers new meters, then removes old ones, and keeps the others.
        gauges.register(shown.entrySet().stream()
                .map(account ->
                        MultiGauge.Row.of(Tags.of("account", Long.toString(account.getKey())), account.getValue()))
                .toList());
    }
}
