package io.playgrant.bench.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** Counts answers by status and code, and notes those that the protocol does not document. Safe for many threads. */
final class Tally {

    private static final int OK = 200;
    private static final int MOST_NOTED = 20;
    private static final String TOKEN = "?ExpressPlayToken=";

    /** Codes that have another status than usual in a case that the protocol documents. */
    private static final Map<ErrorCode, Integer> OTHER_STATUS =
            Map.of(ErrorCode.KEY_STORAGE_FAILED, 503, ErrorCode.INVALID_IP_ADDRESS, 401);

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> undocumented = new ConcurrentLinkedQueue<>();

    /** Counts an answer to a single request with {@code errorFormat=json}. */
    void answer(int status, String body) {
        if (status == OK && body.contains(TOKEN)) {
            count("200, a token");
        } else {
            refused(status, body);
        }
    }

    private void refused(int status, String body) {
        try {
            int code = json.readTree(body).path("code").asInt();
            count(status + ", code " + code);
            if (!isDocumented(status, code)) {
                note("status " + status + " with code " + code);
            }
        } catch (JsonProcessingException e) {
            count(status + ", unreadable");
            note("status " + status + " with an unreadable body");
        }
    }

    /** Counts a line of the answer to a stream. */
    void line(String line) {
        try {
            JsonNode read = json.readTree(line);
            if (read.path("licenseUrl").asText().contains(TOKEN)) {
                count("line, a token");
                return;
            }
            int code = read.path("error").path("code").asInt();
            count("line, code " + code);
            if (Arrays.stream(ErrorCode.values()).noneMatch(known -> known.number() == code)) {
                note("a line with code " + code);
            }
        } catch (JsonProcessingException e) {
            note("a line that is not JSON");
        }
    }

    /** Notes that there was no answer. */
    void failure(String reason) {
        count("no answer");
        note(reason);
    }

    private static boolean isDocumented(int status, int code) {
        return Arrays.stream(ErrorCode.values())
                .filter(known -> known.number() == code)
                .anyMatch(known -> known.httpStatus() == status
                        || OTHER_STATUS.getOrDefault(known, known.httpStatus()) == status);
    }

    private void count(String answer) {
        counts.computeIfAbsent(answer, any -> new LongAdder()).increment();
    }

    private void note(String problem) {
        if (undocumented.size() < MOST_NOTED) {
            undocumented.add(problem);
        }
    }

    /** How many answers of each kind there were. */
    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((answer, count) -> all.put(answer, count.sum()));
        return all;
    }

    /** The answers that must not be, or some of them. */
    List<String> undocumented() {
        return List.copyOf(undocumented);
    }
}
