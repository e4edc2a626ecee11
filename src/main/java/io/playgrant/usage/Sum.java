package io.playgrant.usage;

import io.playgrant.record.TokenRecord.Operation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers of a group, by what came of them. */
final class Sum {

    /** The columns of a table of sums. */
    static final List<String> COLUMNS =
            List.of("tokens", "tokens_refused", "licenses", "renewals", "releases", "redemptions_refused");

    private long tokens;
    private long tokensRefused;
    private long licenses;
    private long renewals;
    private long releases;
    private long redemptionsRefused;

    /** The sum in a row of a table of sums. */
    static Sum of(ResultSet row) throws SQLException {
        Sum sum = new Sum();
        sum.tokens = row.getLong("tokens");
        sum.tokensRefused = row.getLong("tokens_refused");
        sum.licenses = row.getLong("licenses");
        sum.renewals = row.getLong("renewals");
        sum.releases = row.getLong("releases");
        sum.redemptionsRefused = row.getLong("redemptions_refused");
        return sum;
    }

    /**
     * Adds answers.
     *
     * @param done whether they are a token or a licence, not a refusal
     */
    void add(Operation operation, boolean done, long answers) {
        if (!done) {
            if (operation == Operation.TOKEN) {
                tokensRefused += answers;
            } else {
                redemptionsRefused += answers;
            }
            return;
        }
        switch (operation) {
            case TOKEN -> tokens += answers;
            case LICENSE -> licenses += answers;
            case RENEWAL -> renewals += answers;
            case RELEASE -> releases += answers;
        }
    }

    /** In the order of {@link #COLUMNS}. */
    List<Long> values() {
        return List.of(tokens, tokensRefused, licenses, renewals, releases, redemptionsRefused);
    }

    UsageRow row(String key, @Nullable Instant start) {
        return new UsageRow(key, start, tokens, tokensRefused, licenses, renewals, releases, redemptionsRefused);
    }
}
