package io.playgrant.config;

import io.playgrant.account.AddressRange;
import io.playgrant.record.Recording;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes values of the texts of settings; each throws {@link IllegalArgumentException} with what the text must be. */
final class Readings {

    private static final int LONGEST_URL = 1_024;
    private static final Pattern HOST_PATTERN = Pattern.compile("[A-Za-z0-9.*-]+");

    private static final Pattern QUEUE_PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/$:-]{0,199}");

    /** A broker, or several of which one is the one at a time, as the clients of Artemis and Qpid write them. */
    private static final Pattern BROKER_PATTERN =
            Pattern.compile(brokers("tcp|ssl", "") + "|" + brokers("amqps?", "failover:"));

    private static final String DATABASE_HOST = "(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?";

    /** Whoever looks at the URL must not see a secret, and the user stands in one place. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)(?:.*&)?(?:user|[a-z]*password)=.*");

    /** One server or several, of which the driver takes the first that answers, then the database, then parameters of the driver. */
    private static final Pattern DATABASE_PATTERN = Pattern.compile("jdbc:postgresql://" + DATABASE_HOST + "(?:,"
            + DATABASE_HOST + ")*/[^\\s/?#&]+(?:\\?(?<parameters>\\S*))?");

    private Readings() {}

    private static String brokers(String schemes, String severalOf) {
        String broker = "(?:" + schemes + ")://[^\\s/?#@,()]+";
        return "(?:" + broker + "|" + severalOf + "\\(" + broker + "(?:," + broker + ")*\\))/?(?:\\?\\S*)?";
    }

    static String host(String text) {
        if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c == '/')) {
            throw new IllegalArgumentException("must be an address or a host name of this machine");
        }
        return text;
    }

    static Integer number(String text, int min, int max) {
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

    /** A path that may be relative. */
    static Path folder(String text) {
        if (text.isEmpty() || text.indexOf(';') >= 0) {
            throw new IllegalArgumentException("must be the path of a folder, without a semicolon");
        }
        return path(text, "must be the path of a folder");
    }

    /** A path that may be relative; none if the text is empty. */
    static Optional<Path> file(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(path(text, "must be the path of a file"));
    }

    private static Path path(String text, String otherwise) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(otherwise, e);
        }
    }

    static Optional<URI> url(String text) {
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

    /** Any text; none if it is empty. */
    static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    static Optional<String> brokerUrl(String text) {
        if (!text.isEmpty() && !BROKER_PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be tcp://host:port or ssl://host:port of ActiveMQ Artemis, or amqp://host:port or amqps://host:port,"
                            + " without a user");
        }
        return text(text);
    }

    /** A database on a server; none if the text is empty. */
    static Optional<String> databaseUrl(String text) {
        Matcher url = DATABASE_PATTERN.matcher(text);
        if (!text.isEmpty()
                && (!url.matches()
                        || CREDENTIALS
                                .matcher(String.valueOf(url.group("parameters")))
                                .matches())) {
            throw new IllegalArgumentException(
                    "must be jdbc:postgresql://host:port/database, without user and password, which have settings of their own");
        }
        return text(text);
    }

    static String queue(String text) {
        if (!QUEUE_PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be the name of a queue, of at most 200 letters, digits and . _ / $ : -");
        }
        return text;
    }

    static List<String> hostPatterns(String text) {
        List<String> patterns = items(text);
        if (!patterns.stream().allMatch(pattern -> HOST_PATTERN.matcher(pattern).matches())) {
            throw new IllegalArgumentException("must be host names with * for any characters, separated by commas");
        }
        return patterns;
    }

    static List<AddressRange> addressRanges(String text) {
        return items(text).stream()
                .map(item -> AddressRange.parse(item)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "must be IPv4 or IPv6 addresses or CIDR ranges, separated by commas")))
                .toList();
    }

    static LogFormat logFormat(String text) {
        return Arrays.stream(LogFormat.values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be text or json"));
    }

    static Recording recording(String text) {
        return Arrays.stream(Recording.values())
                .filter(recording -> recording.label().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be async, sync or off"));
    }

    /** Host and port of brokers; none if the text is empty. */
    static String brokers(String text) {
        return text.isEmpty()
                ? text
                : matching(
                        text,
                        "[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*",
                        "must be host:port, or several of them separated by commas without spaces");
    }

    /** An authenticator; none if the text is empty. */
    static Optional<String> authenticator(String text) {
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(matching(
                        text,
                        "[0-9]+,[0-9a-fA-F]{32}",
                        "must be <account number>,<32 hexadecimal digits>, as account create shows it"));
    }

    static String matching(String text, String pattern, String otherwise) {
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException(otherwise);
        }
        return text;
    }

    private static List<String> items(String text) {
        return Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
