package io.playgrant.console.api.call;

import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page of a list that a call asks for. A cursor holds the place of the last item, not a number of items, so that rows that are added or
 * deleted meanwhile shift nothing.
 *
 * @param limit the largest number of items
 * @param after the place of the last item of the page before; empty for the first page
 */
public record Paging<P>(int limit, Optional<P> after) {

    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    /**
     * Reads {@code limit} and {@code cursor}.
     *
     * @param reader reads a place as {@link #answer} wrote it
     */
    public static <P> Paging<P> of(Input query, Function<String, Optional<P>> reader) {
        int limit = query.number("limit", 1, MOST).map(Long::intValue).orElse(USUAL);
        Optional<P> after = query.read(
                "cursor", cursor -> decode(cursor).flatMap(reader), "must be a cursor that this list returned as next");
        return new Paging<>(limit, after);
    }

    /** A place that is a number. */
    public static Paging<Long> byNumber(Input query) {
        return of(query, text -> {
            try {
                return Optional.of(Long.parseLong(text));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * Answers with a page.
     *
     * @param found the items, one more than the limit if there are more pages
     * @param json the JSON of an item
     * @param place the place of an item in the list
     */
    public <T> Answer answer(
            ConsoleCall call, String path, List<T> found, Function<T, ?> json, Function<T, String> place) {
        boolean hasMore = found.size() > limit;
        List<T> page = hasMore ? found.subList(0, limit) : found;
        String next = hasMore ? place.apply(page.get(limit - 1)) : null;
        return answer(call, path, page.stream().map(json).toList(), next);
    }

    /**
     * Answers with a page.
     *
     * @param items the JSON of its items
     * @param last the place of the last item; null if there is no more page
     */
    public static Answer answer(ConsoleCall call, String path, List<?> items, @Nullable String last) {
        return answer(call, path, items, last, Map.of());
    }

    /**
     * Answers with a page.
     *
     * @param items the JSON of its items
     * @param last the place of the last item; null if there is no more page
     * @param more more members of the answer
     */
    public static Answer answer(
            ConsoleCall call,
            String path,
            List<?> items,
            @Nullable String last,
            Map<String, ? extends @Nullable Object> more) {
        String next = last == null ? null : encode(last);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("items", items);
        json.put("next", next);
        json.putAll(more);
        Answer answer = ApiJson.answer(200, "application/json", json);
        return next == null ? answer : answer.with("Link", "<" + link(call, path, next) + ">; rel=\"next\"");
    }

    /** Answers with a list that is always short, and has no pages. */
    public static Answer all(List<?> items) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("items", items);
        json.put("next", null);
        return ApiJson.ok(json);
    }

    private static String link(ConsoleCall call, String path, String next) {
        Map<String, String> query = new LinkedHashMap<>(call.query());
        query.put("cursor", next);
        return path + "?"
                + query.entrySet().stream()
                        .map(one -> escape(one.getKey()) + "=" + escape(one.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String encode(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> decode(String cursor) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
