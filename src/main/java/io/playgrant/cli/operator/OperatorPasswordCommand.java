package io.playgrant.cli.operator;

import io.playgrant.operator.Operators;
import io.playgrant.operator.Operators.Renewed;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

/** {@code playgrant operator password}. */
@Command(
        name = "password",
        description =
                "Give an operator a new password and show it. It cannot be shown again. All sessions of the operator end.",
        mixinStandardHelpOptions = true)
final class OperatorPasswordCommand extends RenewingCommand {

    OperatorPasswordCommand() {
        super("password", "password");
    }

    @Override
    Optional<Renewed> renew(Operators operators, String name, Consumer<Renewed> handOver) {
        return operators.newPassword(name, handOver);
    }
}
