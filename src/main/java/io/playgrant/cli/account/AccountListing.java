package io.playgrant.cli.account;

import io.playgrant.account.Account;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that lists what an account has several of, as a table or as JSON. */
abstract class AccountListing<T> extends PrintingCommand {

    private final Function<Account, List<T>> items;

    @Parameters(paramLabel = "ACCOUNT", description = "The account's number.")
    private long number;

    @Option(names = "--json", description = "Print one line of JSON: an array.")
    private boolean json;

    AccountListing(Function<Account, List<T>> items) {
        this.items = items;
    }

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            List<T> listed = application
                    .accounts()
                    .find(number)
                    .map(items)
                    .orElseThrow(() -> new CommandException("There is no account " + number));
            print(
                    json
                            ? Json.line(listed.stream().map(this::toJson).toList()) + "\n"
                            : Stream.concat(Stream.of(header()), listed.stream().map(this::row))
                                    .map(row -> row + "\n")
                                    .collect(Collectors.joining()));
        }
        return 0;
    }

    /** The first row of the table. */
    abstract String header();

    abstract String row(T item);

    abstract Map<String, Object> toJson(T item);
}
