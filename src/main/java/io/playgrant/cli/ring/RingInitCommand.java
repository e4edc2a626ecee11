package io.playgrant.cli.ring;

import io.playgrant.account.HashKeyFile;
import io.playgrant.app.Application;
import io.playgrant.audit.Audit;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.config.Settings;
import io.playgrant.files.DataFolder;
import io.playgrant.storage.Database;
import io.playgrant.storage.Installation;
import io.playgrant.token.sealing.KeyRing;
import io.playgrant.token.sealing.KeyRingFile;
import java.security.SecureRandom;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code playgrant ring init}. */
@Command(
        name = "init",
        description =
                "Create a key ring and the key that hashes authenticators, where they are missing. The server does so at its first"
                        + " start, except with a PostgreSQL database, because all of its nodes need the same files.",
        mixinStandardHelpOptions = true)
final class RingInitCommand extends PrintingCommand {

    @Option(
            names = "--force",
            description =
                    "Replace a key ring that was lost. No token that was encrypted with the lost ring can be opened again.")
    private boolean force;

    @Option(names = "--json", description = "Print the ring as one line of JSON, without secrets.")
    private boolean json;

    @Override
    public Integer call() {
        Settings settings = InstallationHome.settings();
        create(settings, DataFolder.open(settings.dataDir()));
        try (Application application = InstallationHome.openApplication()) {
            KeyRing ring = application.keyRing().get();
            print(
                    json ? Json.line(RingView.json(ring)) + "\n" : RingView.text(ring),
                    "the ring was created, and ring list shows it");
        }
        return 0;
    }

    /** Does not open the whole installation, which fails while the ring is missing. */
    private void create(Settings settings, DataFolder folder) {
        folder.exclusively(() -> {
            try (Database database = Application.openDatabase(settings, folder)) {
                Installation installation = new Installation(database);
                SecureRandom random = new SecureRandom();
                HashKeyFile.readOrCreate(folder, installation, random);
                Audit audit = new Audit(database, Clock.systemUTC(), Audit.currentUser());
                return KeyRingFile.create(folder, installation, audit, random, force);
            }
        });
    }
}
