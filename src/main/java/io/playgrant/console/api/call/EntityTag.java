package io.playgrant.console.api.call;

import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The ETag of a resource: its state, and possibly what changes without anybody changing it, such as a balance. {@code If-None-Match}
 * compares both. {@code If-Match} compares the state only, because it protects the changes of operators from each other.
 *
 * @param state letters, digits, hyphens and underscores
 * @param more the same, or empty
 */
public record EntityTag(String state, String more) {

    private static final String SEPARATOR = ".";
    private static final int LENGTH = 16;

    /** The tag of a resource with revisions. */
    public static EntityTag ofRevision(long revision) {
        return new EntityTag(Long.toString(revision), "");
    }

    /** The tag of a resource that is known by its content only. */
    public static EntityTag ofContent(Object json) {
        return new EntityTag(digest(ApiJson.write(json)), "");
    }

    /** The same state, with something that changes by itself. */
    public EntityTag with(Object json) {
        return new EntityTag(state, digest(ApiJson.write(json)));
    }

    /**
     * Checks that the caller has seen the current state.
     *
     * @throws ApiException if the call has no {@code If-Match}, or one of another state
     */
    public void require(ConsoleCall call) {
        String given = call.header("If-Match")
                .orElseThrow(() -> ApiException.of(
                        ProblemType.NEEDS_IF_MATCH,
                        "Send the ETag of the resource as If-Match, or * to change it whatever its state"));
        if (!given.strip().equals("*")
                && tags(given).noneMatch(tag -> stateOf(tag).equals(state))) {
            throw ApiException.of(
                    ProblemType.CHANGED, "The resource has changed since it was read: read it again, then decide");
        }
    }

    /** The resource, or 304 if the caller has it already. */
    public Answer answer(ConsoleCall call, Map<String, ?> json) {
        boolean hasIt = call.header("If-None-Match")
                .filter(given -> given.strip().equals("*")
                        || tags(given).map(EntityTag::weak).anyMatch(tag -> tag.equals(toString())))
                .isPresent();
        Answer answer = hasIt
                ? new Answer(304, "application/json", new byte[0], Map.of())
                : ApiJson.answer(200, "application/json", json);
        return answer.with("ETag", toString());
    }

    /** The resource after a change. */
    public Answer answer(Map<String, ?> json) {
        return ApiJson.ok(json).with("ETag", toString());
    }

    private static Stream<String> tags(String header) {
        return Arrays.stream(header.split(",", -1)).map(String::strip);
    }

    /** Reading compares weakly (RFC 9110, section 8.8.3.2). */
    private static String weak(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** Empty for a weak tag, which never allows a change. */
    private static String stateOf(String tag) {
        if (tag.length() < 2 || !tag.startsWith("\"") || !tag.endsWith("\"")) {
            return "";
        }
        String text = tag.substring(1, tag.length() - 1);
        int end = text.indexOf(SEPARATOR);
        return end < 0 ? text : text.substring(0, end);
    }

    private static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of the header. */
    @Override
    public String toString() {
        return "\"" + state + (more.isEmpty() ? "" : SEPARATOR + more) + "\"";
    }
}
