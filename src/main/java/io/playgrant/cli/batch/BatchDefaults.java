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

/** Parameters of all requests that do not bring their own. */
final class BatchDefaults {

    private static final String AUTHENTICATOR = "customerAuthenticator";

    /** Not only authenticators: what is none is refused as such. */
    private static final Pattern TEXT = Pattern.compile("\\P{Cntrl}+", Pattern.UNICODE_CHARACTER_CLASS);

    @Option(
            names = "--default",
            paramLabel = "name=value",
            description = {
                "A parameter of requests that do not bring it themselves. Can be repeated.",
                "Other users of this machine can see it while the command runs."
            })
    private List<String> assignments = List.of();

    @Option(
            names = "--authenticator-file",
            paramLabel = "FILE",
            description = {
                "A file with the customerAuthenticator of requests that do not bring it themselves;",
                "- is standard input."
            })
    private @Nullable String authenticatorFile;

    /** What is wrong with the options. Values are not quoted, they may be secrets. */
    Optional<String> problem() {
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1 || !ParameterNames.isKnown(assignment.substring(0, equals))) {
                return Optional.of("--default must be name=value, with the name of a parameter.");
            }
        }
        if (assigned().getOrDefault(AUTHENTICATOR, List.of()).size() > 1) {
            return Optional.of("--default " + AUTHENTICATOR + " can be given once only.");
        }
        return authenticatorFile != null && assigned().containsKey(AUTHENTICATOR)
                ? Optional.of("--authenticator-file and --default " + AUTHENTICATOR + " exclude each other.")
                : Optional.empty();
    }

    /** Whether the authenticator is read from standard input. */
    boolean areStandardInput() {
        return authenticatorFile != null && NamedInput.isStandard(authenticatorFile);
    }

    /** Whether the authenticator is among them. */
    boolean haveAuthenticator() {
        return authenticatorFile != null || assigned().containsKey(AUTHENTICATOR);
    }

    /** The authenticator among these parameters. */
    static Optional<String> authenticator(Map<String, List<String>> parameters) {
        return parameters.getOrDefault(AUTHENTICATOR, List.of()).stream().findFirst();
    }

    /** Values by the names of parameters. Reads the file, which may be one that can be read once only. */
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
