package io.playgrant.cli.ring;

import io.playgrant.account.HashKeyFile;
import io.playgrant.app.Application;
import io.playgrant.audit.Audit;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.config.Settings;
import io.playgrant.files.DataFolder;
import io.playgrant.keystore.DatabaseKeys;
import io.playgrant.keystore.held.StorageRing;
import io.playgrant.keystore.held.StorageRingFile;
import io.playgrant.storage.Database;
import io.playgrant.storage.Installation;
import io.playgrant.token.sealing.KeyRing;
import io.playgrant.token.sealing.KeyRingFile;
import io.playgrant.view.RingView;
import java.security.SecureRandom;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private StorageOption storage = new StorageOption();

    @Option(names = "--json", description = "Print the ring as one line of JSON, without secrets.")
    private boolean json;

    @Override
    public Integer call() {
        Settings settings = InstallationHome.settings();
        DataFolder folder = DataFolder.open(settings.dataDir());
        if (storage.isGiven()) {
            StorageRing ring = createForStorage(settings, folder);
            print(
                    json ? Json.line(RingView.json(ring, id -> 0)) + "\n" : RingView.text(ring, id -> 0),
                    "the storage ring was created, and ring list --storage shows it");
            return 0;
        }
        create(settings, folder);
        try (Application application = InstallationHome.openApplication()) {
            KeyRing ring = application.keyRing().get();
            print(
                    json ? Json.line(RingView.json(ring)) + "\n" : RingView.text(ring),
                    "the ring was created, and ring list shows it");
        }
        return 0;
    }

    /** As {@link #create}. A ring that held keys need is replaced only with --force. */
    private StorageRing createForStorage(Settings settings, DataFolder folder) {
        return folder.exclusively(() -> {
            try (Database database = Application.openDatabase(settings, folder)) {
                DatabaseKeys keys = new DatabaseKeys(database);
                long lost = keys.holders().stream().mapToLong(keys::countHeldBy).sum();
                if (lost > 0 && !force) {
                    throw new CommandException("A storage ring was created before, and " + lost
                            + " held keys cannot be opened without it. Restore " + StorageRingFile.NAME
                            + " from a backup or another node, or give up these keys with ring init --storage --force");
                }
                Audit audit = new Audit(database, Clock.systemUTC(), Audit.currentUser());
                return StorageRingFile.create(
                        folder,
                        audit,
                        new SecureRandom(),
                        lost > 0 ? "ring=storage after the loss of another," : "ring=storage");
            }
        });
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
