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
                "Make a key ring, and the key that hashes authenticators, where there are none. The first start of the"
                        + " server does so, too, unless the database is on a server, where all nodes need the same.",
        mixinStandardHelpOptions = true)
final class RingInitCommand extends PrintingCommand {

    @Option(
            names = "--force",
            description =
                    "Make a new one although the one that was made before is lost: no token that was issued will open again.")
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
                    "the ring was made, and ring list shows it");
        }
        return 0;
    }

    /** Not by opening everything, which fails as long as the ring is lost. */
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
