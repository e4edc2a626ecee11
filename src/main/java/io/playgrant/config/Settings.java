package io.playgrant.config;

import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The settings: {@code application.properties}, each overridable by an environment variable of the same name in capitals, with
 * underscores for dots.
 *
 * @param home the folder that holds {@code application.properties} and {@code routes/}; relative paths start there
 * @param httpHost the address to listen on
 * @param httpPort the port to listen on; 0 picks a free one
 * @param workerThreads how many requests are served at the same time
 * @param dataDir what this installation must keep
 * @param rightsUrl where production tokens are redeemed; empty: built from the request's host
 * @param testRightsUrl where test tokens are redeemed; empty: built from the request's host
 * @param testHosts patterns of the test environment's host names
 */
public record Settings(
        Path home,
        String httpHost,
        int httpPort,
        int workerThreads,
        Path dataDir,
        Optional<URI> rightsUrl,
        Optional<URI> testRightsUrl,
        List<String> testHosts) {

    private static final String FILE = "application.properties";
    private static final int MOST_THREADS = 1_000;
    private static final int LONGEST_URL = 1_024;
    private static final Pattern HOST_PATTERN = Pattern.compile("[A-Za-z0-9.*-]+");

    /**
     * Reads the settings.
     *
     * @param home the folder of {@code application.properties}
     * @param environment the process's environment variables
     * @throws SettingsException with a sentence that names the setting that is wrong
     */
    public static Settings load(Path home, Map<String, String> environment) {
        Source source = new Source(properties(home.resolve(FILE)), environment);
        return new Settings(
                home,
                source.get("playgrant.http.host", Settings::host),
                source.get("playgrant.http.port", text -> number(text, 0, 65_535)),
                source.get("playgrant.worker.threads", text -> number(text, 1, MOST_THREADS)),
                source.get("playgrant.data.dir", text -> folder(home, text)),
                source.get("playgrant.rights.url", Settings::url),
                source.get("playgrant.test.rights.url", Settings::url),
                source.get("playgrant.test.hosts", Settings::hostPatterns));
    }

    private static Properties properties(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new SettingsException("The settings in " + file + " cannot be read: " + StorageException.reason(e));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("The settings in " + file + " cannot be read: " + e.getMessage());
        }
        return properties;
    }

    private static String host(String text) {
        if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c == '/')) {
            throw new IllegalArgumentException("must be an address or a host name of this machine");
        }
        return text;
    }

    private static Integer number(String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException("must be a number from " + min + " to " + max);
    }

    private static Path folder(Path home, String text) {
        if (text.isEmpty() || text.indexOf(';') >= 0) {
            throw new IllegalArgumentException("must be the path of a folder, without a semicolon");
        }
        try {
            return home.resolve(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("must be the path of a folder", e);
        }
    }

    private static Optional<URI> url(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && text.length() <= LONGEST_URL) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new IllegalArgumentException("must be an http or https URL without query, fragment or user, of at most "
                + LONGEST_URL + " characters");
    }

    private static List<String> hostPatterns(String text) {
        List<String> patterns = Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
        if (!patterns.stream().allMatch(pattern -> HOST_PATTERN.matcher(pattern).matches())) {
            throw new IllegalArgumentException("must be host names with * for any characters, separated by commas");
        }
        return patterns;
    }

    /** Where the text of a setting comes from. */
    private record Source(Properties properties, Map<String, String> environment) {

        <T> T get(String key, Reading<T> reading) {
            String variable = key.replace('.', '_').toUpperCase(Locale.ROOT);
            String text = environment
                    .getOrDefault(variable, properties.getProperty(key, ""))
                    .trim();
            try {
                return reading.read(text);
            } catch (IllegalArgumentException e) {
                throw new SettingsException(
                        variable + " (" + key + " in " + FILE + ") " + e.getMessage() + quoted(text));
            }
        }
    }

    /** A URL with a user part has a password too. */
    private static String quoted(String text) {
        return text.contains("@") ? "" : ", not '" + text + "'";
    }

    private interface Reading<T> {
        T read(String text);
    }
}
