package io.playgrant.cli.batch;

import io.playgrant.cli.terminal.NamedInput;
import io.playgrant.cli.terminal.SecretFile;
import io.playgrant.token.ParameterNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The default parameters of a run: those of requests that do not have their own. */
final class BatchDefaults {

    private static final String AUTHENTICATOR = "customerAuthenticator";

    /** Wider than an authenticator: the service itself refuses malformed ones, with its own error. */
    private static final Pattern TEXT = Pattern.compile("\\P{Cntrl}+", Pattern.UNICODE_CHARACTER_CLASS);

    @Option(
            names = "--default",
            paramLabel = "name=value",
            description = {
                "A parameter for requests that do not have it. Can be repeated.",
                "Other users of this machine can see it while the command runs."
            })
    private List<String> assignments = List.of();

    @Option(
            names = "--authenticator-file",
            paramLabel = "FILE",
            description = {"A file with the customerAuthenticator for requests that have none;", "- is standard input."
            })
    private @Nullable String authenticatorFile;

    /** A sentence about the first invalid option. It quotes no value, which may be a secret. */
    Optional<String> problem() {
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1 || !ParameterNames.isKnown(assignment.substring(0, equals))) {
                return Optional.of("--default must be name=value, with the name of a parameter.");
            }
        }
        if (assigned().getOrDefault(AUTHENTICATOR, List.of()).size() > 1) {
            return Optional.of("--default " + AUTHENTICATOR + " can be given only once.");
        }
        return authenticatorFile != null && assigned().containsKey(AUTHENTICATOR)
                ? Optional.of("--authenticator-file and --default " + AUTHENTICATOR + " cannot be given together.")
                : Optional.empty();
    }

    /** Whether the authenticator is read from standard input. */
    boolean areStandardInput() {
        return authenticatorFile != null && NamedInput.isStandard(authenticatorFile);
    }

    /** Whether the options give an authenticator. */
    boolean haveAuthenticator() {
        return authenticatorFile != null || assigned().containsKey(AUTHENTICATOR);
    }

    /** The authenticator among these parameters. */
    static Optional<String> authenticator(Map<String, List<String>> parameters) {
        return parameters.getOrDefault(AUTHENTICATOR, List.of()).stream().findFirst();
    }

    /** The values by parameter name. Reads the authenticator file, which may be a pipe: call it only once. */
    Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = assigned();
        if (authenticatorFile != null) {
            parameters.put(
                    AUTHENTICATOR, List.of(SecretFile.read(authenticatorFile, TEXT, "one customerAuthenticator")));
        }
        return parameters;
    }

    private Map<String, List<String>> assigned() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            parameters
                    .computeIfAbsent(
                            ParameterNames.canonical(assignment.substring(0, equals)), name -> new ArrayList<>(1))
                    .add(assignment.substring(equals + 1));
        }
        return parameters;
    }
}
