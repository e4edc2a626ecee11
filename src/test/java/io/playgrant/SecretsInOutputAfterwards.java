package io.playgrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Looks through all that the tests, and the processes that they started, logged and reported: no secret of the suite stands there. */
class SecretsInOutputAfterwards {

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
        List<String> leaks = new ArrayList<>();
        for (Path file : files) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            String lowerCase = text.toLowerCase(Locale.ROOT);
            for (String secret : secrets) {
                if (text.contains(secret) || lowerCase.contains(secret)) {
                    leaks.add(file + " holds a secret that begins with " + secret.substring(0, 4));
                }
            }
        }
        assertThat(leaks).isEmpty();
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
