package io.playgrant.cli.ring;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code playgrant ring add}. */
@Command(
        name = "add",
        description = "Add a new random key and print its id. Tokens are encrypted with it once it is activated.",
        mixinStandardHelpOptions = true)
final class RingAddCommand extends PrintingCommand {

    @Option(
            names = "--environment",
            required = true,
            paramLabel = "production|test",
            description = "The environment whose tokens the key will encrypt.")
    private Environment environment = Environment.PRODUCTION;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            String key = application.keyRingEditor().add(environment);
            print(
                    json ? Json.line(RingView.keyJson(environment, key, "added")) + "\n" : key + "\n",
                    "the key " + key + " was added, and ring list shows it");
        }
        return 0;
    }
}
