package io.playgrant.cli.terminal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether Java decoded the command line and the environment as UTF-8. Text that it did not would name another key, or be stored wrong.
 *
 * @param encoding the name of the encoding that Java used, which is that of the locale
 */
public record DecodedText(String encoding) {

    private static final int REPLACEMENT = 0xfffd;

    /** What may be shown of an argument: the name before an equals sign. Its value may be a secret. */
    private static final Pattern NAME = Pattern.compile("(-{0,2}[A-Za-z][A-Za-z0-9.\\[\\]-]*)=.*", Pattern.DOTALL);

    public static DecodedText ofThisProcess() {
        return new DecodedText(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    /** A sentence about the first argument that is not as it was typed. */
    public Optional<String> problemOfArguments(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (isDoubtful(arguments.get(i))) {
                return Optional.of(problem("Argument " + (i + 1) + named(arguments.get(i))));
            }
        }
        return Optional.empty();
    }

    /** A sentence about the first setting in the environment that is not as it was set. */
    public Optional<String> problemOfSettings(Map<String, String> environment) {
        return new TreeMap<>(environment)
                .entrySet().stream()
                        .filter(variable -> variable.getKey().startsWith("PLAYGRANT_"))
                        .filter(variable -> isDoubtful(variable.getValue()))
                        .map(variable -> problem("The environment variable " + variable.getKey()))
                        .findFirst();
    }

    /** A sentence about a folder whose name is not as it is on the disk. */
    public Optional<String> problemOfFolder(String called, String path) {
        return isDoubtful(path) ? Optional.of(problem(called)) : Optional.empty();
    }

    private boolean isDoubtful(String text) {
        return text.chars().anyMatch(isUtf8() ? c -> c == REPLACEMENT : c -> c > 0x7f);
    }

    private boolean isUtf8() {
        return encoding.equalsIgnoreCase("UTF-8");
    }

    private String problem(String called) {
        return isUtf8()
                ? called + " must be UTF-8, without the replacement character U+FFFD"
                : called + " has characters outside ASCII, which Java reads as " + encoding
                        + " here: start Playgrant by its launcher, or set LC_ALL to a UTF-8 locale such as C.UTF-8";
    }

    private static String named(String argument) {
        Matcher matcher = NAME.matcher(argument);
        return matcher.matches() ? " (" + matcher.group(1) + "=…)" : "";
    }
}
