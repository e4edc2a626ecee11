package io.playgrant.console.request;

import io.playgrant.account.Environment;
import io.playgrant.console.page.PageText;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.record.RecordCursor;
import io.playgrant.record.TokenRecord;
import io.playgrant.view.story.Advice;
import io.playgrant.view.story.StorySubject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as pages show them, and the links to their pages. */
final class RecordRow {

    /** The page of a record. */
    static final String RECORD = "/console/requests/record";

    /** The page of a token, of which ids are known. */
    static final String TOKEN = "/console/requests/token";

    /** How many digits of an id a list shows. */
    private static final int BEGIN = 8;

    private RecordRow() {}

    /** The model of a record. */
    static Map<String, Object> of(TokenRecord record, Instant now) {
        Map<String, Object> row = new HashMap<>();
        row.put("at", PageText.time(record.time(), now));
        row.put(
                "href",
                new Url(RECORD)
                        .with("account", record.account())
                        .with("environment", record.environment().label())
                        .with("time", record.time())
                        .with("request", record.requestId())
                        .toString());
        row.put("holder", record.account());
        row.put("test", record.environment() == Environment.TEST);
        row.put("operation", record.operation().label());
        row.put("ok", record.code() == TokenRecord.ISSUED);
        row.put("number", record.code());
        row.put("outcome", outcome(record));
        row.put("cookie", text(record.cookie()));
        row.put("contentId", text(record.contentId()));
        row.put("tokenId", text(record.tokenId()));
        row.put(
                "kids",
                record.kids().stream()
                        .map(KeyId::toString)
                        .map(kid -> Map.of("kid", kid, "begin", begin(kid)))
                        .toList());
        row.put("tokenBegin", record.tokenId() == null ? "" : begin(record.tokenId()));
        row.put(
                "tokenHref",
                StorySubject.of(record)
                        .map(subject -> tokenUrl(subject, null).toString())
                        .orElse(""));
        row.put("address", text(record.address()));
        row.put("requestId", record.requestId());
        row.put("source", record.source().label());
        return row;
    }

    private static String outcome(TokenRecord record) {
        if (record.code() == TokenRecord.ISSUED) {
            return record.redemption() == null ? "issued" : "granted";
        }
        return Advice.error(record.code()).map(ErrorCode::text).orElse("Unknown code");
    }

    private static String begin(String id) {
        return id.substring(0, Math.min(BEGIN, id.length()));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The page of a token. It has ids in its URL, never the token. */
    static Url tokenUrl(StorySubject subject, @Nullable RecordCursor before) {
        return new Url(TOKEN)
                .with("token", subject.tokenId())
                .with("account", subject.account())
                .with("environment", subject.environment().label())
                .with("issued", subject.issuedAt())
                .with("from", subject.from())
                .with("before", before == null ? null : before.text());
    }
}
