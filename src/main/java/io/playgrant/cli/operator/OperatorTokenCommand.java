package io.playgrant.cli.operator;

import io.playgrant.operator.Operators;
import io.playgrant.operator.Operators.Renewed;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

/** {@code playgrant operator token}. */
@Command(
        name = "token",
        description =
                "Give an operator a new API token and show it. It cannot be shown again. The previous one is refused at once.",
        mixinStandardHelpOptions = true)
final class OperatorTokenCommand extends RenewingCommand {

    OperatorTokenCommand() {
        super("API token", "apiToken");
    }

    @Override
    Optional<Renewed> renew(Operators operators, String name, Consumer<Renewed> handOver) {
        return operators.newApiToken(name, handOver);
    }
}
