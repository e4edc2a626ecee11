package io.playgrant.cli.account;

import io.playgrant.account.Account;
import io.playgrant.account.StoredAuthenticator;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code playgrant account authenticator list}. */
@Command(
        name = "list",
        description = "List an account's authenticators by id, without the secrets.",
        mixinStandardHelpOptions = true)
final class AuthenticatorListCommand extends PrintingCommand {

    private static final String ROW = "%-8s %-11s %-9s %s";

    @Parameters(paramLabel = "ACCOUNT", description = "The account's number.")
    private long number;

    @Option(names = "--json", description = "Print one line of JSON: an array.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            List<StoredAuthenticator> authenticators = application
                    .accounts()
                    .find(number)
                    .map(Account::authenticators)
                    .orElseThrow(() -> new CommandException("There is no account " + number));
            print(
                    json
                            ? Json.line(authenticators.stream()
                                            .map(AuthenticatorListCommand::toJson)
                                            .toList()) + "\n"
                            : table(authenticators));
        }
        return 0;
    }

    private static Map<String, Object> toJson(StoredAuthenticator authenticator) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", authenticator.id());
        members.put("environment", authenticator.environment().label());
        members.put("for", authenticator.purpose().label());
        members.put("createdAt", authenticator.createdAt().toString());
        return members;
    }

    private static String table(List<StoredAuthenticator> authenticators) {
        return Stream.concat(
                        Stream.of(ROW.formatted("ID", "ENVIRONMENT", "FOR", "CREATED")),
                        authenticators.stream()
                                .map(authenticator -> ROW.formatted(
                                        authenticator.id(),
                                        authenticator.environment().label(),
                                        authenticator.purpose().label(),
                                        authenticator.createdAt())))
                .map(row -> row + "\n")
                .collect(Collectors.joining());
    }
}
