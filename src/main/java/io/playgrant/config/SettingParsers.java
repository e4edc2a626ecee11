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
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the texts of settings. Each parser throws {@link IllegalArgumentException} with the expected form. */
final class SettingParsers {

    private static final int LONGEST_URL = 1_024;
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern HOST_PATTERN = Pattern.compile("[A-Za-z0-9._*-]+");

    private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?";

    /** The authority of a URL with underscores in its host: DNS and browsers accept them, {@link URI#getHost} does not. */
    private static final Pattern UNDERSCORED =
            Pattern.compile(LABEL + "(?:\\." + LABEL + ")*\\.?(?::(?<port>[0-9]{1,5}))?");

    /** An IPv6 address needs brackets, which separate its colons from that before the port. */
    private static final Pattern KAFKA_BROKER =
            Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?]):(?<port>[0-9]{1,5})");

    private static final Pattern BROKER_OF_A_LIST = Pattern.compile("[a-z]+://[^\\s/?#@,()]+");

    private static final Pattern QUEUE_PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/$:-]{0,199}");

    /** One broker, or several of which one is active, in the notation of the clients of Artemis and Qpid. */
    private static final Pattern BROKER_PATTERN =
            Pattern.compile(brokers("tcp|ssl", "") + "|" + brokers("amqps?", "failover:"));

    private static final String DATABASE_HOST = "(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?";

    /** Not allowed in the URL, which is shown: secrets, and the user, which has a setting of its own. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)(?:.*&)?(?:user|[a-z]*password)=.*");

    /** One or more servers, of which the driver uses the first that answers, then the database, then parameters of the driver. */
    private static final Pattern DATABASE_PATTERN = Pattern.compile("jdbc:postgresql://" + DATABASE_HOST + "(?:,"
            + DATABASE_HOST + ")*/[^\\s/?#&]+(?:\\?(?<parameters>\\S*))?");

    private SettingParsers() {}

    private static String brokers(String schemes, String severalOf) {
        String broker = "(?:" + schemes + ")://[^\\s/?#@,()]+";
        return "(?:" + broker + "|" + severalOf + "\\(" + broker + "(?:," + broker + ")*\\))/?(?:\\?\\S*)?";
    }

    static String host(String text) {
        String host = withoutBrackets(text);
        boolean isAddress = AddressRange.parseAddress(withoutZone(host)).isPresent();
        boolean isName = host.equals(text) && host.chars().noneMatch(c -> c <= ' ' || "/[]:".indexOf(c) >= 0);
        if (host.isEmpty() || !(isAddress || isName)) {
            throw new IllegalArgumentException("must be an address or a host name of this machine, without a port");
        }
        return host;
    }

    /** Only an IPv6 address may be in brackets, as in a URL. */
    private static String withoutBrackets(String text) {
        return text.startsWith("[") && text.endsWith("]") && text.indexOf(':') >= 0
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 || address.indexOf(':') < 0 ? address : address.substring(0, zone);
    }

    static Integer number(String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            // The JDK accepts the digits of every script.
            boolean isAscii = text.chars().allMatch(c -> c < 0x80);
            if (isAscii && number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
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
        if (text.startsWith("~") || text.startsWith("$")) {
            throw new IllegalArgumentException(otherwise
                    + " that begins neither with ~ nor with $, which only a shell replaces: write it in full");
        }
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
        if (text.chars().anyMatch(c -> c > '~')) {
            throw new IllegalArgumentException(
                    "must be ASCII: percent-encode other characters of the path, and write the host in its xn-- form");
        }
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http
                    && namesAHost(uri)
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && text.length() <= LONGEST_URL) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Its message quotes the text.
            throw new IllegalArgumentException(
                    "must be an http or https URL in which other characters than those of a URL are percent-encoded");
        }
        throw new IllegalArgumentException("must be an http or https URL without query, fragment or user, of at most "
                + LONGEST_URL + " characters");
    }

    private static boolean namesAHost(URI uri) {
        if (uri.getHost() != null) {
            return uri.getPort() <= HIGHEST_PORT;
        }
        Matcher authority = UNDERSCORED.matcher(Objects.requireNonNullElse(uri.getRawAuthority(), ""));
        return authority.matches() && isPort(authority.group("port"));
    }

    private static boolean isPort(@Nullable String text) {
        return text == null || Integer.parseInt(text) <= HIGHEST_PORT;
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
        // The client of Artemis would never connect, and that of AMQP would fail, both without naming the host.
        if (BROKER_OF_A_LIST
                .matcher(text.replaceFirst("\\?.*", ""))
                .results()
                .anyMatch(broker -> !isReadByClients(broker.group()))) {
            throw new IllegalArgumentException(
                    "must name hosts as the clients of JMS read them: by letters, digits, - and . without"
                            + " underscores, or by an address, IPv6 in brackets; a port is at most " + HIGHEST_PORT);
        }
        return text(text);
    }

    private static boolean isReadByClients(String broker) {
        try {
            URI uri = new URI(broker);
            return uri.getHost() != null && uri.getPort() <= HIGHEST_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
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
        return items(text).stream().map(SettingParsers::hostPattern).toList();
    }

    private static String hostPattern(String item) {
        String address = withoutBrackets(item);
        if (address.indexOf(':') >= 0 && AddressRange.parseAddress(address).isPresent()) {
            return "[" + address + "]";
        }
        if (!HOST_PATTERN.matcher(item).matches()) {
            throw new IllegalArgumentException(
                    "must be host names with * for any characters, or IPv6 addresses, separated by commas,"
                            + " without ports");
        }
        // Hosts of requests are normalised in the same way.
        return item.endsWith(".") ? item.substring(0, item.length() - 1) : item;
    }

    static List<AddressRange> addressRanges(String text) {
        return items(text).stream()
                .map(
                        item -> AddressRange.parse(item)
                                .orElseThrow(
                                        () -> new IllegalArgumentException(
                                                "must be IPv4 or IPv6 addresses or CIDR ranges, separated by commas, without brackets, ports and zones")))
                .toList();
    }

    static Boolean onOff(String text) {
        if (text.equals("on") || text.equals("off")) {
            return text.equals("on");
        }
        throw new IllegalArgumentException("must be on or off");
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
        if (!text.isEmpty() && !Arrays.stream(text.split(",", -1)).allMatch(SettingParsers::isKafkaBroker)) {
            throw new IllegalArgumentException(
                    "must be host:port, or several of them separated by commas without spaces,"
                            + " an IPv6 address in brackets, as in [::1]:9092");
        }
        return text;
    }

    private static boolean isKafkaBroker(String text) {
        Matcher broker = KAFKA_BROKER.matcher(text);
        return broker.matches() && isPort(broker.group("port"));
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
