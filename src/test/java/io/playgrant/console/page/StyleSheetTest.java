package io.playgrant.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contrast of the style sheet's colours, as WCAG 2.2 computes it. AA requires 4.5 for text and 3 for the parts of controls and charts. */
class StyleSheetTest {

    private static final Pattern COLOUR = Pattern.compile("--([a-z0-9-]+): (#[0-9a-f]{6});");
    private static final String DARK = "@media (prefers-color-scheme: dark)";

    private final String css = new String(
            new StaticFiles()
                    .find(Objects.requireNonNull(new StaticFiles().urls().get("style")))
                    .orElseThrow()
                    .content(),
            StandardCharsets.UTF_8);

    private final Map<String, String> light = colours(css.substring(0, css.indexOf(DARK)));
    private final Map<String, String> dark = colours(css.substring(css.indexOf(DARK)));

    @ParameterizedTest
    @CsvSource({
        "text, page surface sunken accent-back good-back warn-back bad-back",
        "quiet, page surface sunken",
        "accent, page surface sunken accent-back good-back warn-back bad-back",
        "on-accent, accent",
        "good, good-back surface page",
        "warn, warn-back surface page",
        "bad, bad-back surface page sunken",
    })
    void textIsReadable(String text, String backgrounds) {
        for (String background : backgrounds.split(" ", -1)) {
            assertContrast(text, background, 4.5);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "field-line, page surface",
        "accent, page surface sunken",
        "chart-1, page surface",
        "chart-2, page surface",
        "chart-3, page surface",
    })
    void controlsAndChartsAreVisible(String part, String backgrounds) {
        for (String background : backgrounds.split(" ", -1)) {
            assertContrast(part, background, 3);
        }
    }

    @Test
    void bothSchemesHaveTheSameColours() {
        assertThat(light).hasSize(20);
        assertThat(dark.keySet()).isEqualTo(light.keySet());
    }

    /** So that the list above is complete: no colour is written elsewhere, and a property that is used exists. */
    @Test
    void rulesUseCustomPropertiesOnly() {
        String rules = COLOUR.matcher(css).replaceAll("");

        assertThat(rules).doesNotContainPattern("#[0-9a-fA-F]{3}").doesNotContain("rgb", "hsl", "url(", "@import");
        TreeSet<String> used = new TreeSet<>();
        Matcher matcher = Pattern.compile("var\\(--([a-z0-9-]+)\\)").matcher(rules);
        while (matcher.find()) {
            used.add(matcher.group(1));
        }
        assertThat(light.keySet())
                .containsAll(Stream.of(used)
                        .flatMap(TreeSet::stream)
                        .filter(name -> !name.equals("mono"))
                        .toList());
    }

    private void assertContrast(String one, String other, double least) {
        assertThat(contrast(colour(light, one), colour(light, other)))
                .as("%s on %s, light", one, other)
                .isGreaterThanOrEqualTo(least);
        assertThat(contrast(colour(dark, one), colour(dark, other)))
                .as("%s on %s, dark", one, other)
                .isGreaterThanOrEqualTo(least);
    }

    private static String colour(Map<String, String> scheme, String name) {
        return Objects.requireNonNull(scheme.get(name), name);
    }

    private static Map<String, String> colours(String part) {
        Map<String, String> colours = new TreeMap<>();
        Matcher matcher = COLOUR.matcher(part);
        while (matcher.find()) {
            colours.put(matcher.group(1), matcher.group(2));
        }
        return colours;
    }

    private static double contrast(String one, String other) {
        double first = luminance(one);
        double second = luminance(other);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
