package io.playgrant.cli;

import io.playgrant.account.Authenticators;
import io.playgrant.account.Environment;
import io.playgrant.config.Rooms;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code playgrant account authenticator add}. */
@Command(
        name = "add",
        description = "Give an account one more authenticator, and show it. It is not to be had again.",
        mixinStandardHelpOptions = true)
final class AuthenticatorAddCommand extends PrintingCommand {

    @Parameters(paramLabel = "ACCOUNT", description = "The account's number.")
    private long number;

    @Option(
            names = "--environment",
            paramLabel = "ENVIRONMENT",
            defaultValue = "production",
            converter = EnvironmentConverter.class,
            description = "production (default) or test.")
    private Environment environment = Environment.PRODUCTION;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Rooms rooms = Home.openExistingRooms()) {
            Authenticators.Added added = rooms.accounts()
                    .authenticators()
                    .add(number, environment)
                    .orElseThrow(() -> new CommandException("There is no account " + number));
            print(json ? Json.line(toJson(added)) + "\n" : text(added));
            if (!json) {
                commandLine().getErr().println("Write the authenticator down now: it is not shown again.");
            }
        }
        return 0;
    }

    private Map<String, Object> toJson(Authenticators.Added added) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", added.id());
        members.put("environment", environment.label());
        members.put("customerAuthenticator", added.authenticator().reveal());
        return members;
    }

    private String text(Authenticators.Added added) {
        return "id              %d%n%-15s %s%n"
                .formatted(
                        added.id(), environment.label(), added.authenticator().reveal());
    }
}
