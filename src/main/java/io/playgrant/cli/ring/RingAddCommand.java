package io.playgrant.cli.ring;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.view.RingView;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code playgrant ring add}. */
@Command(
        name = "add",
        description = "Add a new random key and print its id. Tokens are encrypted with it once it is activated.",
        mixinStandardHelpOptions = true)
final class RingAddCommand extends PrintingCommand {

    @Option(
            names = "--environment",
            paramLabel = "production|test",
            description = "The environment whose tokens the key will encrypt; required without --storage.")
    private @Nullable Environment environment;

    @Mixin
    private StorageOption storage = new StorageOption();

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if ((environment == null) != storage.isGiven()) {
            throw new ParameterException(commandLine(), "Give either --environment or --storage");
        }
        try (Application application = InstallationHome.openExistingApplication()) {
            String key = environment == null
                    ? application.storageRingEditor().add()
                    : application.keyRingEditor().add(environment);
            Map<String, Object> done = environment == null
                    ? RingView.storageJson(key, "added")
                    : RingView.keyJson(environment, key, "added");
            print(json ? Json.line(done) + "\n" : key + "\n", "the key " + key + " was added, and ring list shows it");
        }
        return 0;
    }
}
