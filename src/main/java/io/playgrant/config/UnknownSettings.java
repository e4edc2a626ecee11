package io.playgrant.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds names that look like settings but are none: mostly typing errors, which would otherwise go unnoticed. */
public final class UnknownSettings {

    /** The largest number of wrong letters at which a known name is suggested. */
    private static final int MOST_TYPING_ERRORS = 3;

    /** Settings of the launcher, which cannot read {@code application.properties}. */
    private static final List<String> OF_THE_LAUNCHER = List.of("PLAYGRANT_CLASS_CACHE");

    private UnknownSettings() {}

    /**
     * A sentence for each unknown name, without its value, and one for all variables that Kubernetes sets.
     *
     * @param home the folder of {@code application.properties}
     * @param environment the process's environment variables
     * @throws SettingsException if the file cannot be read
     */
    public static List<String> in(Path home, Map<String, String> environment) {
        return in(SettingsSource.open(home, environment));
    }

    static List<String> in(SettingsSource source) {
        List<String> sentences = new ArrayList<>();
        List<String> variables = Stream.concat(Settings.ALL.stream().map(Setting::variable), OF_THE_LAUNCHER.stream())
                .toList();
        Set<String> unknown = unknown(source.environment().keySet().stream(), "PLAYGRANT_", variables);
        ServiceLinks links = ServiceLinks.in(source.environment());
        long linked = unknown.stream().filter(links::include).count();
        if (linked > 0) {
            sentences.add(links.warning(linked));
        }
        unknown.stream()
                .filter(name -> !links.include(name))
                .forEach(name -> sentences.add(
                        "The environment variable " + name + " is not a setting" + hint(name, variables)));
        List<String> keys = Settings.ALL.stream().map(Setting::key).toList();
        unknown(source.file().stringPropertyNames().stream(), "playgrant.", keys)
                .forEach(name ->
                        sentences.add(name + " in " + SettingsSource.FILE + " is not a setting" + hint(name, keys)));
        return sentences;
    }

    private static Set<String> unknown(Stream<String> names, String prefix, List<String> known) {
        Set<String> unknown = new TreeSet<>();
        names.filter(name -> name.startsWith(prefix) && !known.contains(name)).forEach(unknown::add);
        return unknown;
    }

    private static String hint(String name, List<String> known) {
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= MOST_TYPING_ERRORS)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse("");
    }

    /** The Levenshtein distance: the number of letters to add, remove or replace. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
