package io.playgrant.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table of rules to the table of parameters in {@code docs/protocol.md}. */
class ParameterTableTest {

    private static final Path PROTOCOL = Path.of("docs", "protocol.md");
    private static final Pattern SECTION = Pattern.compile("\\R## Parameters\\R(.*?)\\R#", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("-[0-9]{4}");
    private static final Pattern MISSING = Pattern.compile("missing[^-;]*(-[0-9]{4})");
    private static final Pattern TWICE = Pattern.compile("(?:twice|else) (-[0-9]{4})");
    private static final int COLUMNS = 4;

    /** Steps of their own check these before the parameters are validated. */
    private static final Set<String> CHECKED_BY_STEPS = Set.of("customerAuthenticator", "errorFormat");

    private static final String INDEXES = "indexes";

    @Test
    void rows_areTheProtocolsInItsOrder() throws IOException {
        assertThat(rows().map(ParameterRow::name))
                .containsExactlyElementsOf(
                        documented().stream().map(Documented::name).toList());
    }

    @Test
    void rows_indexesStandJustBeforeKid() {
        List<String> names =
                ParameterTable.ROWS.stream().map(ParameterRow::name).toList();

        assertThat(names).containsSubsequence("kek", INDEXES, "kid").containsOnlyOnce(INDEXES);
        assertThat(names.indexOf(INDEXES)).isEqualTo(names.indexOf("kid") - 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documented")
    void rules_haveTheCodesOfTheProtocol(Documented documented) {
        Set<Integer> expected = CHECKED_BY_STEPS.contains(documented.name) ? Set.of() : documented.codes();

        assertThat(rules(documented).map(ParameterTableTest::number).collect(Collectors.toSet()))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documented")
    void rules_requireWhatTheProtocolRequires(Documented documented) {
        List<Rule> required = rules(documented)
                .filter(rule -> rule.message().startsWith("is required"))
                .toList();

        if (CHECKED_BY_STEPS.contains(documented.name)
                || documented.requiredBy().isEmpty()) {
            assertThat(required).isEmpty();
        } else {
            assertThat(required).singleElement().satisfies(rule -> {
                assertThat(rule.profiles()).isEqualTo(documented.requiredBy());
                assertThat(number(rule)).isEqualTo(documented.codeOf(MISSING));
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documented")
    void rules_refuseASecondValueWithTheCodeOfTheProtocol(Documented documented) {
        List<Rule> once = rules(documented)
                .filter(rule -> rule.message().startsWith("must be given once"))
                .toList();

        if (CHECKED_BY_STEPS.contains(documented.name)
                || Set.of("wvExtension", "useHttps", "deviceId").contains(documented.name)) {
            assertThat(once).isEmpty();
        } else {
            assertThat(once).singleElement().satisfies(rule -> {
                assertThat(rule.profiles()).containsExactlyInAnyOrder(Profile.values());
                assertThat(number(rule)).isEqualTo(documented.codeOf(TWICE));
            });
        }
    }

    @Test
    void rows_areTheParametersThatAreKnown() {
        assertThat(rows().map(ParameterRow::name)).allMatch(ParameterNames::isKnown);
    }

    @Test
    void rows_ofEachKeyAreTheParametersThatMayHaveAnIndex() {
        TokenRequest threeKeys = SampleRequest.indexed(3).request();

        assertThat(rows())
                .allSatisfy(row -> assertThat(row.source().count(threeKeys))
                        .as(row.name())
                        .isEqualTo(KeyIndexes.isIndexed(row.name() + ".0") ? 3 : 1));
    }

    @Test
    void rows_takeTheParameterOfTheirName() {
        TokenRequest plain = SampleRequest.plain().request();
        TokenRequest indexed = SampleRequest.indexed(2).request();

        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.source().get(plain, 0).name()).isEqualTo(row.name());
            if (row.source().count(indexed) > 1) {
                assertThat(row.source().get(indexed, 1).name()).isEqualTo(row.name() + ".1");
            }
        });
    }

    @Test
    void conditionsOfPresentParameters_areMetByAbsentOnes() {
        TokenRequest empty = SampleRequest.empty().request();

        assertThat(rows()).allSatisfy(row -> {
            List<Rule> skipped = row.rules().stream()
                    .filter(rule -> rule.condition() instanceof Condition.OfPresent)
                    .toList();
            assertThat(skipped)
                    .allMatch(rule -> rule.condition().holds(row.source().get(empty, 0), empty, SampleRequest.NOW));
            assertThat(row.mayBeAbsent()).isEqualTo(skipped.equals(row.rules()));
        });
    }

    @Test
    void messages_areNoTemplates() {
        assertThat(ParameterTable.ROWS)
                .flatExtracting(ParameterRow::rules)
                .extracting(Rule::message)
                .allSatisfy(message -> assertThat(message).doesNotContainPattern("[{}$\\\\]"));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void of_hasEveryRowWithTheRulesOfTheProfile(Profile profile) {
        List<ParameterRow> table = ParameterTable.of(profile);

        assertThat(table).extracting(ParameterRow::name).isEqualTo(names());
        assertThat(table)
                .flatExtracting(ParameterRow::rules)
                .isEqualTo(ParameterTable.ROWS.stream()
                        .flatMap(row -> row.rules().stream())
                        .filter(rule -> rule.profiles().contains(profile))
                        .toList());
    }

    static Profile[] profiles() {
        return Profile.values();
    }

    static List<Documented> documented() throws IOException {
        Matcher section = SECTION.matcher(Files.readString(PROTOCOL));
        assertThat(section.find()).isTrue();
        List<Documented> rows = new ArrayList<>();
        section.group(1)
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .forEach(line -> rows.add(Documented.of(line)));
        return rows;
    }

    private static List<String> names() {
        return ParameterTable.ROWS.stream().map(ParameterRow::name).toList();
    }

    private static Stream<ParameterRow> rows() {
        return ParameterTable.ROWS.stream().filter(row -> !row.name().equals(INDEXES));
    }

    private static Stream<Rule> rules(Documented documented) {
        return rows().filter(row -> row.name().equals(documented.name)).flatMap(row -> row.rules().stream());
    }

    private static int number(Rule rule) {
        return rule.code().number();
    }

    /** A line of the document's table. */
    private record Documented(String name, String required, String error) {

        static Documented of(String line) {
            List<String> cells = Arrays.stream(line.substring(1).split("\\|"))
                    .map(String::strip)
                    .toList();
            assertThat(cells).as(line).hasSize(COLUMNS);
            return new Documented(cells.get(0).replace(", *added*", ""), cells.get(1), cells.get(COLUMNS - 1));
        }

        Set<Integer> codes() {
            return CODE.matcher(error)
                    .results()
                    .map(MatchResult::group)
                    .map(Integer::valueOf)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** The code that goes with a condition; the only one if the condition is not named. */
        int codeOf(Pattern condition) {
            Matcher matcher = condition.matcher(error);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
            assertThat(codes()).as(error).hasSize(1);
            return codes().iterator().next();
        }

        Set<Profile> requiredBy() {
            if (required.startsWith("yes")) {
                return EnumSet.allOf(Profile.class);
            }
            return required.startsWith("strict") ? EnumSet.of(Profile.STRICT) : Set.of();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
