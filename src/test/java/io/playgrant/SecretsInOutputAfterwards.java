package io.playgrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Looks through all that the tests, and the processes that they started, logged and reported: no secret of the suite stands there. */
class SecretsInOutputAfterwards {

    /** How many characters of a secret are looked up first; every secret has them. They fill an int, as each has one byte. */
    private static final int START = 4;

    private static final List<Path> OUTPUT = List.of(
            Path.of("target", "surefire-reports"),
            Path.of("target", "failsafe-reports"),
            Path.of("target", "process-output"));

    @Test
    void noSecretOfTheSuite_standsInAnyLogOrReport() throws IOException {
        Set<String> secrets = secrets();
        List<Path> files = files(OUTPUT);
        assertThat(secrets).hasSizeGreaterThan(20);
        assertThat(files).hasSizeGreaterThan(10);
        Map<Integer, List<String>> byStart = byStart(secrets);
        Set<String> leaks = new LinkedHashSet<>();
        for (Path file : files) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            for (String form : List.of(text, text.toLowerCase(Locale.ROOT))) {
                for (String secret : found(form, byStart)) {
                    leaks.add(file + " holds a secret that begins with " + secret.substring(0, START));
                }
            }
        }
        assertThat(leaks).isEmpty();
    }

    private static Map<Integer, List<String>> byStart(Set<String> secrets) {
        Map<Integer, List<String>> byStart = new HashMap<>();
        for (String secret : secrets) {
            int start = 0;
            for (int i = 0; i < START; i++) {
                start = (start << Byte.SIZE) | secret.charAt(i);
            }
            byStart.computeIfAbsent(start, key -> new ArrayList<>()).add(secret);
        }
        return byStart;
    }

    /** In one pass. A search for each of the thousands of secrets would take a minute. */
    private static Set<String> found(String text, Map<Integer, List<String>> byStart) {
        Set<String> found = new LinkedHashSet<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            start = (start << Byte.SIZE) | text.charAt(i);
            int begin = i - START + 1;
            byStart.getOrDefault(start, List.of()).stream()
                    .filter(secret -> text.startsWith(secret, begin))
                    .forEach(found::add);
        }
        return found;
    }

    @Test
    void theLogWasCaptured() throws IOException {
        assertThat(files(OUTPUT))
                .anySatisfy(file ->
                        assertThat(file).content(StandardCharsets.ISO_8859_1).contains("refused - request="));
    }

    /** The secrets in every form in which they could have been written. */
    private static Set<String> secrets() throws IOException {
        Set<String> forms = new LinkedHashSet<>();
        for (Path file : files(List.of(TestSecrets.FOLDER))) {
            for (String secret : Files.readAllLines(file)) {
                addForms(secret, forms);
                int comma = secret.indexOf(',');
                if (comma >= 0) {
                    addForms(secret.substring(comma + 1), forms);
                }
            }
        }
        return forms;
    }

    private static void addForms(String secret, Set<String> forms) {
        forms.add(secret);
        forms.add(secret.toLowerCase(Locale.ROOT));
        if (secret.length() >= 32 && secret.length() % 2 == 0 && secret.matches("[0-9a-fA-F]+")) {
            byte[] bytes = HexFormat.of().parseHex(secret);
            forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
            forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
    }

    private static List<Path> files(List<Path> folders) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.walk(folder)) {
                    all.filter(Files::isRegularFile).forEach(files::add);
                }
            }
        }
        return files;
    }
}
