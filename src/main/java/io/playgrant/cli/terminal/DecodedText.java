package io.playgrant.cli.terminal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that Java decoded the command line and the environment as UTF-8. Otherwise text would name another key, or be stored wrongly.
 *
 * @param encoding the encoding that Java used, which is that of the locale
 */
public record DecodedText(String encoding) {

    private static final int REPLACEMENT = 0xfffd;

    /** The part of an argument that errors may quote: the name before an equals sign. The value may be a secret. */
    private static final Pattern NAME = Pattern.compile("(-{0,2}[A-Za-z][A-Za-z0-9.\\[\\]-]*)=.*", Pattern.DOTALL);

    public static DecodedText ofThisProcess() {
        return new DecodedText(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    /** A sentence about the first argument that differs from what the user typed. */
    public Optional<String> problemOfArguments(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (isWronglyDecoded(arguments.get(i))) {
                return Optional.of(problem("Argument " + (i + 1) + named(arguments.get(i))));
            }
        }
        return Optional.empty();
    }

    /** A sentence about the first setting in the environment that differs from what the user set. */
    public Optional<String> problemOfSettings(Map<String, String> environment) {
        return new TreeMap<>(environment)
                .entrySet().stream()
                        .filter(variable -> variable.getKey().startsWith("PLAYGRANT_"))
                        .filter(variable -> isWronglyDecoded(variable.getValue()))
                        .map(variable -> problem("The environment variable " + variable.getKey()))
                        .findFirst();
    }

    /** A sentence about a folder whose name differs from that on the disk. */
    public Optional<String> problemOfFolder(String subject, String path) {
        return isWronglyDecoded(path) ? Optional.of(problem(subject)) : Optional.empty();
    }

    private boolean isWronglyDecoded(String text) {
        return text.chars().anyMatch(isUtf8() ? c -> c == REPLACEMENT : c -> c > 0x7f);
    }

    private boolean isUtf8() {
        return encoding.equalsIgnoreCase("UTF-8");
    }

    private String problem(String subject) {
        return isUtf8()
                ? subject + " must be UTF-8, without the replacement character U+FFFD"
                : subject + " has characters outside ASCII, which Java reads as " + encoding
                        + " here: start Playgrant by its launcher, or set LC_ALL to a UTF-8 locale such as C.UTF-8";
    }

    private static String named(String argument) {
        Matcher matcher = NAME.matcher(argument);
        return matcher.matches() ? " (" + matcher.group(1) + "=…)" : "";
    }
}
