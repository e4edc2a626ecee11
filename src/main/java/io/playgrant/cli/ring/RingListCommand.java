package io.playgrant.cli.ring;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.keystore.held.StorageRing;
import io.playgrant.token.sealing.KeyRing;
import io.playgrant.view.RingView;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code playgrant ring list}. */
@Command(
        name = "list",
        description = "List the ids of the keys, and which of them are active. Secrets are never shown.",
        mixinStandardHelpOptions = true)
final class RingListCommand extends PrintingCommand {

    @Mixin
    private StorageOption storage = new StorageOption();

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            if (storage.isGiven()) {
                StorageRing held = StorageOption.ringOf(application);
                Map<String, Object> shown = RingView.json(held, application.storedKeys()::countHeldBy);
                print(json ? Json.line(shown) + "\n" : RingView.text(held, application.storedKeys()::countHeldBy));
                return 0;
            }
            KeyRing ring = application.keyRing().get();
            print(json ? Json.line(RingView.json(ring)) + "\n" : RingView.text(ring));
        }
        return 0;
    }
}
