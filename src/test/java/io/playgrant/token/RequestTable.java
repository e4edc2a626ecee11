package io.playgrant.token;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.playgrant.account.Profile;
import io.playgrant.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requests with what each profile says to them, from a CSV file in {@code src/test/resources/protocol}.
 *
 * <p>The column {@code profile} is {@code strict}, {@code lenient} or {@code every}. The column {@code request} is {@code plain},
 * {@code wrapped}, {@code rental} or {@code indexed N}, and what is changed about it, parted by "; ": {@code name=value} sends a value
 * (repeated, it sends several; {@code name*N=value} sends it N times), {@code -name} sends none, {@code !name} sends one that is not
 * UTF-8. In values, {@code {65 x}} is 65 times x, and there are the escapes {@code \n}, {@code \r}, {@code \t} and {@code \}{@code u0000}.
 */
final class RequestTable {

    private static final Pattern VALUE = Pattern.compile("([^=*]+)(?:\\*(\\d+))?=(.*)", Pattern.DOTALL);
    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final Pattern RUN = Pattern.compile("\\{(\\d+) ([^}]+)\\}");

    private RequestTable() {}

    /**
     * A case.
     *
     * @param refusalCode none where requests are accepted
     * @param details of the refusal, after the documented text
     */
    record Row(
            Profile profile,
            SampleRequest request,
            @Nullable ErrorCode refusalCode,
            String details) {

        ErrorCode code() {
            return Objects.requireNonNull(refusalCode);
        }
    }

    static List<Row> read(String file) {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(RequestTable.class.getResourceAsStream("/protocol/" + file));
                MappingIterator<Map<String, String>> lines = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(in)) {
            while (lines.hasNext()) {
                Map<String, String> line = lines.next();
                String code = line.get("code");
                for (Profile profile : profiles(cell(line, "profile"))) {
                    rows.add(new Row(
                            profile,
                            request(cell(line, "request")),
                            code == null ? null : ErrorCode.valueOf(code),
                            line.getOrDefault("details", "")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static String cell(Map<String, String> line, String column) {
        return Objects.requireNonNull(line.get(column), column);
    }

    private static List<Profile> profiles(String cell) {
        return Arrays.stream(Profile.values())
                .filter(profile -> cell.equals("every") || cell.equals(profile.label()))
                .toList();
    }

    private static SampleRequest request(String cell) {
        List<String> parts = List.of(cell.split("; ", -1));
        SampleRequest request = base(parts.get(0));
        Map<String, List<String>> sent = new LinkedHashMap<>();
        for (String change : parts.subList(1, parts.size())) {
            if (change.startsWith("-")) {
                request.without(change.substring(1));
            } else if (change.startsWith("!")) {
                request.malformed(change.substring(1));
            } else {
                Matcher value = VALUE.matcher(change);
                if (!value.matches()) {
                    throw new IllegalArgumentException(change);
                }
                int times = value.group(2) == null ? 1 : Integer.parseInt(value.group(2));
                sent.computeIfAbsent(value.group(1), name -> new ArrayList<>())
                        .addAll(Collections.nCopies(times, unescape(value.group(3))));
            }
        }
        sent.forEach((name, values) -> request.with(name, values.toArray(String[]::new)));
        return request;
    }

    private static SampleRequest base(String name) {
        return switch (name) {
            case "plain" -> SampleRequest.plain();
            case "wrapped" ->
                SampleRequest.plain()
                        .without("contentKey")
                        .with("kek", SampleRequest.KEK)
                        .with("ek", SampleRequest.EK);
            case "rental" ->
                SampleRequest.plain()
                        .with("rightsType", "Rental")
                        .with("rental.periodEndTime", "+86400")
                        .with("rental.playDuration", "3600");
            default -> SampleRequest.indexed(Integer.parseInt(name.substring("indexed ".length())));
        };
    }

    private static String unescape(String value) {
        String characters = UNICODE.matcher(value)
                .replaceAll(
                        found -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
        return RUN.matcher(characters.translateEscapes()).replaceAll(RequestTable::run);
    }

    private static String run(MatchResult found) {
        return Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1))));
    }
}
