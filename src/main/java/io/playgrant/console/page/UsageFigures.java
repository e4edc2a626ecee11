package io.playgrant.console.page;

import io.playgrant.error.ErrorCode;
import io.playgrant.usage.Grouping;
import io.playgrant.usage.Usage;
import io.playgrant.usage.UsageQuery;
import io.playgrant.usage.UsageRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The counts of answers that pages show as numbers. */
final class UsageFigures {

    private static final String SUCCESS = "0";

    private final Usage usage;

    UsageFigures(Usage usage) {
        this.usage = usage;
    }

    /**
     * The sums of a day.
     *
     * @param tokens issued tokens
     * @param redeemed licences and renewals
     * @param refused refused requests of all kinds
     */
    record Sums(long tokens, long redeemed, long refused) {}

    /** The sums since midnight. */
    Sums today(OptionalLong account, Instant now) {
        List<UsageRow> rows = usage.find(
                new UsageQuery(account, Optional.empty(), now.truncatedTo(ChronoUnit.DAYS), now, Grouping.DAY));
        return new Sums(
                rows.stream().mapToLong(UsageRow::tokens).sum(),
                rows.stream().mapToLong(row -> row.licenses() + row.renewals()).sum(),
                rows.stream().mapToLong(UsageRow::refused).sum());
    }

    /** The refusals of a period by code, the most frequent first, for the template. */
    List<Map<String, String>> refusals(Instant from, Instant to) {
        return usage.find(UsageQuery.ofAll(from, to, Grouping.CODE)).stream()
                .filter(row -> !row.key().equals(SUCCESS) && row.refused() > 0)
                .sorted(Comparator.comparingLong(UsageRow::refused).reversed())
                .map(row -> Map.of(
                        "code", row.key(),
                        "meaning", meaning(row.key()),
                        "count", PageText.grouped(row.refused()),
                        "href", "/console/requests?code=" + row.key()))
                .toList();
    }

    private static String meaning(String number) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> Integer.toString(code.number()).equals(number))
                .findFirst()
                .map(ErrorCode::text)
                .orElse("unknown");
    }
}
