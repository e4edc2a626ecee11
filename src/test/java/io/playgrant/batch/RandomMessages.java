package io.playgrant.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** JSON that is a message, or nearly one: each part of it is now and then something else. */
final class RandomMessages {

    /** Stands in every value, so that it can be looked for. */
    static final String MARK = "zqzq";

    private static final List<String> JUNK = List.of(
            "null",
            "true",
            "7",
            "-1.5",
            "\"\"",
            "\"" + MARK + "\"",
            "[]",
            "{}",
            "[[]]",
            "{\"a\":[null]}",
            "[\"" + MARK + "\"]");
    private static final List<String> STRINGS = List.of(
            "\"" + MARK + "\"",
            "\"\"",
            "\"" + MARK + " \u00e9\uD83C\uDFAC\"",
            "\"" + MARK + "\\ud83c\\udfac\"",
            "\"" + MARK + "\\n\"",
            "\"\\u0085" + MARK + "\"",
            "\"" + MARK + "\\ud83c\"",
            "\"\\udfac" + MARK + "\"",
            "\"" + MARK.repeat(32) + "\"",
            "\"" + MARK.repeat(32) + "+\"");

    private static final List<String> WRONG_IDS =
            List.of("null", "7", "{}", "[\"" + MARK + "\"]", "\"\"", "\"" + MARK + "\\n\"", "\"\\udfac" + MARK + "\"");

    private final Random random;

    RandomMessages(Random random) {
        this.random = random;
    }

    String next() {
        if (random.nextInt(20) == 0) {
            return pick(JUNK);
        }
        Map<String, String> members = new LinkedHashMap<>();
        put(members, "id", 18, this::id);
        boolean batch = random.nextBoolean();
        put(members, "parameters", batch ? 1 : 18, this::parameters);
        put(members, "requests", batch ? 18 : 1, this::requests);
        put(members, "defaults", batch ? 8 : 1, this::parameters);
        put(members, pick(List.of("Id", "results", MARK, "")), 1, () -> pick(JUNK));
        return object(members);
    }

    private String requests() {
        List<String> requests = new ArrayList<>();
        int count = random.nextInt(100) == 0 ? random.nextInt(990, 1_010) : random.nextInt(5);
        for (int i = 0; i < count; i++) {
            requests.add(rarely(this::request, count > 100 ? 2_000 : 12));
        }
        return "[" + String.join(",", requests) + "]";
    }

    private String request() {
        Map<String, String> members = new LinkedHashMap<>();
        if (random.nextInt(30) != 0) {
            // Ids that occur twice are not the schema's business, so that the right ones are all different.
            members.put("id", random.nextInt(30) == 0 ? pick(WRONG_IDS) : "\"" + MARK + random.nextLong() + "\"");
        }
        put(members, "parameters", 190, this::parameters);
        put(members, pick(List.of("requests", "defaults", "Parameters")), 5, () -> pick(JUNK));
        return object(members, 200);
    }

    private String parameters() {
        Map<String, String> members = new LinkedHashMap<>();
        int count = random.nextInt(40) == 0 ? random.nextInt(195, 206) : random.nextInt(4);
        for (int i = 0; i < count; i++) {
            members.put("p" + i, rarely(() -> value(count), count * 8));
        }
        if (random.nextInt(3) == 0) {
            members.put(pick(List.of("wvExtension", "wvExtension[]", "wvExtension[0]")), rarely(this::extensions, 8));
        }
        if (random.nextInt(30) == 0) {
            members.put(pick(List.of("", "\\ud800", "\\ud83c\\udfac", "\u00e9", MARK)), "1");
        }
        return object(members);
    }

    private String extensions() {
        List<String> extensions = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            extensions.add(rarely(() -> value(count), 12));
        }
        return "[" + String.join(",", extensions) + "]";
    }

    private String value(int count) {
        return switch (random.nextInt(4)) {
            case 0 -> Long.toString(random.nextLong());
            case 1 -> Boolean.toString(random.nextBoolean());
            case 2 -> rarely(() -> "\"" + MARK + "\"", count * 4);
            default -> "\"" + MARK + random.nextInt() + "\"";
        };
    }

    private String id() {
        return random.nextBoolean() ? "\"" + MARK + random.nextInt() + "\"" : pick(STRINGS);
    }

    /** What is wanted, or one time in so many something else. */
    private String rarely(Supplier<String> wanted, int times) {
        if (random.nextInt(Math.max(2, times)) != 0) {
            return wanted.get();
        }
        return random.nextBoolean() ? pick(JUNK) : pick(STRINGS);
    }

    private void put(Map<String, String> members, String name, int chances, Supplier<String> value) {
        if (random.nextInt(chances > 20 ? 200 : 20) < chances) {
            members.put(name, rarely(value, 30));
        }
    }

    private String object(Map<String, String> members) {
        return object(members, 20);
    }

    private String object(Map<String, String> members, int times) {
        String object = members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(random.nextBoolean() ? "," : " ,\n\t", "{", "}"));
        return random.nextInt(times) == 0 ? pick(JUNK) : object;
    }

    private String pick(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}
