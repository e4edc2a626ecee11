package io.playgrant.cli;

import io.playgrant.audit.Audit;
import io.playgrant.config.Rooms;
import io.playgrant.storage.DataFolder;
import io.playgrant.storage.Database;
import io.playgrant.storage.Installation;
import io.playgrant.token.KeyRing;
import io.playgrant.token.KeyRingFile;
import java.security.SecureRandom;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code playgrant ring init}. */
@Command(
        name = "init",
        description = "Make a key ring where there is none. The first start of the server does so, too.",
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
        create(DataFolder.open(Home.settings().dataDir()));
        try (Rooms rooms = Home.openRooms()) {
            KeyRing ring = rooms.keyRing().get();
            print(json ? Json.line(RingView.json(ring)) + "\n" : RingView.text(ring));
        }
        return 0;
    }

    /** Not by opening everything, which fails as long as the ring is lost. */
    private void create(DataFolder folder) {
        folder.exclusively(() -> {
            try (Database database = Database.openEmbedded(folder.path())) {
                Audit audit = new Audit(database, Clock.systemUTC(), Audit.currentUser());
                return KeyRingFile.create(folder, new Installation(database), audit, new SecureRandom(), force);
            }
        });
    }
}
