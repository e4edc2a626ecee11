package io.playgrant.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.playgrant.contentkey.KeyId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record as a JSON object, see {@link TokenRecord} for its members. Null members are omitted. */
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
        @Nullable String address,
        @Nullable Redemption redemption) {

    /** The part that only an answer to a licence request has, see {@link RedemptionRecord}. Null members are omitted. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Redemption(
            String kind,
            @Nullable String reason,
            @Nullable String service,
            @Nullable String status,
            RedemptionRecord.@Nullable Device device) {

        private static Redemption of(RedemptionRecord record) {
            return new Redemption(
                    record.kind().label(), record.reason(), record.service(), record.status(), record.device());
        }
    }

    /** The JSON object of a record. */
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
                record.address(),
                record.redemption() == null ? null : Redemption.of(record.redemption()));
    }

    /**
     * A page of records.
     *
     * @param records the records, newest first
     * @param next the cursor of the next page; omitted on the last page
     */
    public record Page(
            List<RecordObject> records,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String next) {

        /** The JSON object of a page. */
        public static Page of(RecordPage page) {
            return new Page(
                    page.records().stream().map(RecordObject::of).toList(),
                    page.next() == null ? null : page.next().text());
        }
    }
}
