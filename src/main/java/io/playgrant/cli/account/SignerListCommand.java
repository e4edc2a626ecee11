package io.playgrant.cli.account;

import io.playgrant.account.Account;
import io.playgrant.account.StoredSigner;
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

/** {@code playgrant account signer list}. */
@Command(
        name = "list",
        description = "List an account's signers by name, without their keys.",
        mixinStandardHelpOptions = true)
final class SignerListCommand extends PrintingCommand {

    private static final String ROW = "%-4s %s";

    @Parameters(paramLabel = "ACCOUNT", description = "The account's number.")
    private long number;

    @Option(names = "--json", description = "Print one line of JSON: an array.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            List<StoredSigner> signers = application
                    .accounts()
                    .find(number)
                    .map(Account::signers)
                    .orElseThrow(() -> new CommandException("There is no account " + number));
            print(
                    json
                            ? Json.line(signers.stream()
                                            .map(SignerListCommand::toJson)
                                            .toList()) + "\n"
                            : table(signers));
        }
        return 0;
    }

    private static Map<String, Object> toJson(StoredSigner signer) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", signer.name());
        members.put("kind", signer.kind().label());
        return members;
    }

    private static String table(List<StoredSigner> signers) {
        return Stream.concat(
                        Stream.of(ROW.formatted("KIND", "NAME")),
                        signers.stream()
                                .map(signer -> ROW.formatted(signer.kind().label(), signer.name())))
                .map(row -> row + "\n")
                .collect(Collectors.joining());
    }
}
