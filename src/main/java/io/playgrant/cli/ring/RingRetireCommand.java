package io.playgrant.cli.ring;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code playgrant ring retire}. */
@Command(
        name = "retire",
        description = "Remove a key from the ring. Tokens that were encrypted with it can no longer be opened.",
        mixinStandardHelpOptions = true)
final class RingRetireCommand extends PrintingCommand {

    @Mixin
    private RingKeyArgument key = new RingKeyArgument();

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            Environment environment = key.environmentIn(application.keyRing().get());
            application.keyRingEditor().retire(environment, key.id());
            print(
                    json
                            ? Json.line(RingView.keyJson(environment, key.id(), "retired")) + "\n"
                            : "Tokens of the " + environment.label() + " environment that were encrypted with "
                                    + key.id() + " can no longer be opened.\n",
                    "the key was retired");
        }
        return 0;
    }
}
