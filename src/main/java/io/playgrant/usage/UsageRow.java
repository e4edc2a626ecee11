package io.playgrant.usage;

import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a group. There is no row for a group without answers.
 *
 * @param key the group: the beginning of its minute or hour ({@code 2026-11-29T18:00:00Z}), the day ({@code 2026-11-29}), the code, the
 *     source, the account or the operation
 * @param start the beginning of its period; null if the group is no period
 * @param tokens issued tokens
 * @param tokensRefused refused requests for tokens
 * @param licenses new licences
 * @param renewals renewed licences
 * @param releases licences given up
 * @param redemptionsRefused refused requests for licences, renewals and releases
 */
public record UsageRow(
        String key,
        @Nullable Instant start,
        long tokens,
        long tokensRefused,
        long licenses,
        long renewals,
        long releases,
        long redemptionsRefused) {

    /** The sums of rows. */
    public static UsageRow total(String key, List<UsageRow> rows) {
        return new UsageRow(
                key,
                null,
                sum(rows, UsageRow::tokens),
                sum(rows, UsageRow::tokensRefused),
                sum(rows, UsageRow::licenses),
                sum(rows, UsageRow::renewals),
                sum(rows, UsageRow::releases),
                sum(rows, UsageRow::redemptionsRefused));
    }

    private static long sum(List<UsageRow> rows, ToLongFunction<UsageRow> count) {
        return rows.stream().mapToLong(count).sum();
    }

    /** All answers. */
    public long answers() {
        return tokens + tokensRefused + licenses + renewals + releases + redemptionsRefused;
    }

    /** All refusals. */
    public long refused() {
        return tokensRefused + redemptionsRefused;
    }
}
