package io.playgrant.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    private static final int SAMPLES = 50_000;

    private static final List<String> PARTS = List.of(
            "a", "b", "aba", "F", "Z", "g", "0", "80", "65535", "123456", ":", ":", "::1", "[", "]", "[::1]", ".", ".",
            "-", "_", "*", "%", "/", "@", "\u00e9", "\u0661", " ");

    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::[0-9]{1,5})?");
    private static final Pattern PORT = Pattern.compile("\\.?(?::[0-9]*)?$");

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b-c_d.", "127.0.0.1:8080", "a:0", "a:00001", "[::1]", "[fd00::A.1]:65535", "-"})
    void isAuthority_takesAHostWithOrWithoutAPort(String text) {
        assertThat(HostNames.isAuthority(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":1",
                "a:",
                "a:x",
                "a:123456",
                "a:1:2",
                "::1",
                "[",
                "[]",
                "[:]",
                "[::1",
                "[::g]",
                "[::1]x",
                "a b",
                "a/b",
                "a@b",
                "\u00e9",
                "a:\u0661",
                "[[::1]",
                "[::1]]"
            })
    void isAuthority_refusesAnythingElse(String text) {
        assertThat(HostNames.isAuthority(text)).isFalse();
    }

    @Test
    void isAuthority_limitsTheLength() {
        assertThat(HostNames.isAuthority("a".repeat(253) + ":1")).isTrue();
        assertThat(HostNames.isAuthority("a".repeat(254))).isFalse();
        assertThat(HostNames.isAuthority("[" + ":".repeat(45) + "]:1")).isTrue();
        assertThat(HostNames.isAuthority("[" + ":".repeat(46) + "]")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a,a",
        "a.,a",
        "a:1,a",
        "a.:1,a",
        "a..:1,a.",
        "a:,a",
        "a1,a1",
        "1,1",
        "[::1]:80,[::1]",
        "[::1],[::1]",
        "'',''",
        ".,''"
    })
    void withoutPort_alsoDropsOneDotAtTheEnd(String authority, String host) {
        assertThat(HostNames.withoutPort(authority)).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "a.b, a.b, true",
        "a.b, axb, false",
        "*, '', true",
        "*.test.*, a.test.b, true",
        "*.test.*, .test., true",
        "*.test.*, test.b, false",
        "a*a, a, false",
        "a*a, aa, true",
        "*ab*ab, abab, true",
        "*ab*ab, aab, false",
        "**, a, true"
    })
    void matches_takesAStarForAnyCharacters(String pattern, String host, boolean matches) {
        assertThat(HostNames.matches(pattern, host)).isEqualTo(matches);
    }

    @Test
    void allThree_areTheirRegularExpressions() {
        Random random = new Random(13);
        for (int sample = 0; sample < SAMPLES; sample++) {
            String text = text(random);
            String pattern = text(random, "ab.*");
            String host = text(random, "ab.-");

            assertThat(HostNames.isAuthority(text))
                    .as(text)
                    .isEqualTo(AUTHORITY.matcher(text).matches());
            assertThat(HostNames.withoutPort(text))
                    .as(text)
                    .isEqualTo(PORT.matcher(text).replaceFirst(""));
            assertThat(HostNames.matches(pattern, host))
                    .as(pattern + " " + host)
                    .isEqualTo(Pattern.matches(pattern.replace(".", "\\.").replace("*", ".*"), host));
        }
    }

    private static String text(Random random) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(part -> PARTS.get(random.nextInt(PARTS.size())))
                .collect(Collectors.joining());
    }

    private static String text(Random random, String characters) {
        return IntStream.range(0, random.nextInt(8))
                .mapToObj(part -> characters
                        .substring(random.nextInt(characters.length()))
                        .substring(0, 1))
                .collect(Collectors.joining());
    }
}
