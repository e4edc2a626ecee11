package io.playgrant.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.playgrant.contentkey.KeyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record as JSON shows it; see {@link TokenRecord} for its members. What is null is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordObject(
        String time,
        String requestId,
        @Nullable String tokenId,
        long account,
        String environment,
        int code,
        List<String> kids,
        @Nullable String contentId,
        @Nullable String cookie,
        String source,
        @Nullable String address) {

    /** Shows a record. */
    public static RecordObject of(TokenRecord record) {
        return new RecordObject(
                record.time().toString(),
                record.requestId(),
                record.tokenId(),
                record.account(),
                record.environment().label(),
                record.code(),
                record.kids().stream().map(KeyId::toString).toList(),
                record.contentId(),
                record.cookie(),
                record.source().label(),
                record.address());
    }

    /**
     * A page of them.
     *
     * @param records the newest first
     * @param next where the next page begins; left out if this is the last
     */
    public record Page(
            List<RecordObject> records,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String next) {

        /** Shows a page. */
        public static Page of(RecordPage page) {
            return new Page(
                    page.records().stream().map(RecordObject::of).toList(),
                    page.next() == null ? null : page.next().text());
        }
    }
}
