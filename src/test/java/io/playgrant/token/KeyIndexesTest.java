package io.playgrant.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyIndexesTest {

    private static final List<String> PARTS = List.of(
            "kid", "k", "ek", "contentKey", "trackType", ".", ".", ".", "0", "1", "9", "12", "99", "-", "\u0661", "\n");

    @Test
    void of_noIndexIsNoKeyOfItsOwn() {
        assertThat(of("kid", "contentKey")).isEqualTo(new KeyIndexes(0, ""));
    }

    @Test
    void of_countsFromZeroToFifteen() {
        String[] names =
                IntStream.range(0, 16).mapToObj(index -> "kid." + index).toArray(String[]::new);

        assertThat(of(names)).isEqualTo(new KeyIndexes(16, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kid", "contentKey", "ek", "kek", "securityLevel", "hdcpOutputControl", "trackType"})
    void of_everyIndexedParameterCounts(String name) {
        assertThat(of(name + ".0", name + ".1")).isEqualTo(new KeyIndexes(2, ""));
        assertThat(of(name + ".1")).isEqualTo(new KeyIndexes(0, name + ".1"));
    }

    @Test
    void of_oneIndexOfAnyParameterIsEnough() {
        assertThat(of("kid.0", "contentKey.1", "ek.2")).isEqualTo(new KeyIndexes(3, ""));
    }

    @ParameterizedTest
    @CsvSource({"kid.1, 0", "kid.15, 0"})
    void of_mustBeginWithZero(String name, int count) {
        assertThat(of(name)).isEqualTo(new KeyIndexes(count, name));
    }

    @Test
    void of_namesTheFirstAfterAGap() {
        assertThat(of("kid.5", "ek.3", "kid.0", "kid.1")).isEqualTo(new KeyIndexes(2, "ek.3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kid.16",
                "kid.99",
                "kid.100",
                "kid.99999999999999999999",
                "kid.00",
                "kid.01",
                "kid.001",
                "kid.015"
            })
    void of_refusesLargeAndNonCanonicalNumbers(String name) {
        assertThat(of("kid.0", name)).isEqualTo(new KeyIndexes(1, name));
    }

    @Test
    void of_shortensANameOfMoreThan32Characters() {
        String name = "kid." + "9".repeat(28);

        assertThat(of(name).problem()).isEqualTo(name);
        assertThat(of(name + "9").problem()).isEqualTo(name + "…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kid.",
                "kid.x",
                "kid.1x",
                "kid.-1",
                "kid.+1",
                "kid. 1",
                "kid.1.2",
                "kid..1",
                ".1",
                "Kid.1",
                "kids.1",
                "contentId.1",
                "kid.\u0661",
                "rental.1",
                "kid.1\n"
            })
    void of_ignoresForeignNames(String name) {
        assertThat(of(name)).isEqualTo(new KeyIndexes(0, ""));
    }

    @Test
    void of_refusesAPlainKidBesideAnIndexedOne() {
        assertThat(of("kid", "kid.0")).isEqualTo(new KeyIndexes(1, "kid"));
    }

    @Test
    void of_takesAPlainKidBesideOtherIndexedParameters() {
        assertThat(of("kid", "contentKey.0")).isEqualTo(new KeyIndexes(1, ""));
    }

    @Test
    void of_takesOtherPlainParametersBesideAnIndexedKid() {
        assertThat(of("kid.0", "securityLevel", "contentKey")).isEqualTo(new KeyIndexes(1, ""));
    }

    @Test
    void of_anEmptyValueIsAbsent() {
        Parameters parameters =
                new Parameters().add("kid.0", "a").add("kid.5", "").add("kid", "");

        assertThat(KeyIndexes.of(parameters)).isEqualTo(new KeyIndexes(1, ""));
    }

    @Test
    void of_aMalformedValueCounts() {
        assertThat(KeyIndexes.of(new Parameters().addMalformed("kid.1"))).isEqualTo(new KeyIndexes(0, "kid.1"));
    }

    @Test
    void areContiguous_unlessThereIsAProblem() {
        assertThat(of("kid.0").areContiguous()).isTrue();
        assertThat(of("kid.1").areContiguous()).isFalse();
    }

    @Test
    void indexOf_canonicalNumbersOnly() {
        assertThat(KeyIndexes.indexOf("kid.0")).hasValue(0);
        assertThat(KeyIndexes.indexOf("trackType.15")).hasValue(15);
        assertThat(KeyIndexes.indexOf("kid")).isEqualTo(OptionalInt.empty());
        assertThat(KeyIndexes.indexOf("kid.01")).isEqualTo(OptionalInt.empty());
        assertThat(KeyIndexes.indexOf("kid.x")).isEqualTo(OptionalInt.empty());
        assertThat(KeyIndexes.indexOf("cookie.1")).isEqualTo(OptionalInt.empty());
    }

    @Test
    void isIndexedAndIndexOf_areThoseOfTheirPatterns() {
        Pattern indexed =
                Pattern.compile("(kid|contentKey|ek|kek|securityLevel|hdcpOutputControl|trackType)\\.([0-9]+)");
        Pattern canonical = Pattern.compile("0|[1-9][0-9]?");
        Random random = new Random(13);
        for (int sample = 0; sample < 50_000; sample++) {
            StringBuilder name = new StringBuilder();
            for (int part = random.nextInt(5); part > 0; part--) {
                name.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            Matcher matcher = indexed.matcher(name);
            boolean matches = matcher.matches();

            assertThat(KeyIndexes.isIndexed(name.toString())).as(name::toString).isEqualTo(matches);
            assertThat(KeyIndexes.indexOf(name.toString()))
                    .as(name::toString)
                    .isEqualTo(
                            matches && canonical.matcher(matcher.group(2)).matches()
                                    ? OptionalInt.of(Integer.parseInt(matcher.group(2)))
                                    : OptionalInt.empty());
        }
    }

    private static KeyIndexes of(String... names) {
        Parameters parameters = new Parameters();
        for (String name : names) {
            parameters.add(name, "value");
        }
        return KeyIndexes.of(parameters);
    }
}
