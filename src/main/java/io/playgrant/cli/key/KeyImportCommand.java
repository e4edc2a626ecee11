package io.playgrant.cli.key;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.BatchProgress;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.FileFormat;
import io.playgrant.cli.terminal.FileFormatConverter;
import io.playgrant.cli.terminal.InputFile;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.NamedInput;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.contentkey.Kek;
import io.playgrant.keystore.HeldKeyService;
import io.playgrant.keystore.KeyImport;
import io.playgrant.keystore.KeyService;
import io.playgrant.keystore.StoredKeys;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code playgrant key import}. */
@Command(
        name = "import",
        description = "Store the content keys of a file.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every key of the file is stored",
            "1:some keys could not be stored, or the run failed",
            "2:the command line is invalid"
        },
        footer = {
            "",
            "FILE is CSV with a header, JSON lines, or a JSON array as printed by key list --json. Its members are",
            "kid, ek or k, kekId, info, contentId, expiration; with --held kid, k, info, contentId, expiration, trackType.",
            "Keys in clear (k) need a kek, which wraps them and is not stored. If a kek is given, it must unwrap every wrapped key (ek);",
            "where both ek and k are given, as in exported keys, ek must unwrap to k.",
            "Keys that are stored already remain as they are: if a run was stopped, run the same command again."
        })
final class KeyImportCommand extends PrintingCommand {

    @Mixin
    private KeyOwner ownerOption = new KeyOwner();

    @Mixin
    private KekFile kek = new KekFile();

    @Option(names = "--held", description = "Have the service hold the keys; no kek is needed to use them.")
    private boolean held;

    @Parameters(paramLabel = "FILE", description = "The keys; - is standard input.")
    private String file = "";

    @Option(
            names = "--format",
            paramLabel = "csv|json",
            converter = FileFormatConverter.class,
            description =
                    "The format of FILE. Default: by its extension .csv, .json, .jsonl or .ndjson, otherwise by its content.")
    private @Nullable FileFormat format;

    @Option(names = "--quiet", description = "Do not show a progress bar.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        if (kek.isStandardInput() && NamedInput.isStandard(file)) {
            throw new ParameterException(commandLine(), "--kek-file and FILE cannot both be standard input");
        }
        if (held && kek.isGiven()) {
            throw new ParameterException(commandLine(), "--held goes without --kek-file");
        }
        try (Application application = InstallationHome.openExistingApplication();
                InputFile input = InputFile.open(file, Optional.ofNullable(format))) {
            Owner owner = ownerOption.in(application);
            KeyRows records = KeyRows.of(input, this::say);
            return kek.use(opened -> run(application, owner, input, records, opened)) ? 0 : 1;
        }
    }

    private boolean run(Application application, Owner owner, InputFile input, KeyRows records, @Nullable Kek opened) {
        // One audit row for the run, not one for each key: those would bury all others.
        audit(application, owner, "begun");
        KeyImport keys = keyImport(application, owner, opened);
        BatchProgress progress = progress(input);
        Consumer<String> complaints = complaint -> err().println(progress.above(line(complaint)));
        KeyImportRun run = new KeyImportRun(input, records, keys, progress, complaints);
        try (progress) {
            run.run();
        } catch (StorageException | CommandException e) {
            say(run.toString());
            throw new CommandException(e.getMessage() + "; run the same command again to continue");
        }
        audit(application, owner, "ended: " + run);
        InputFile.skipped(input.reader()).ifPresent(this::say);
        say(run.toString());
        return run.isAllWell();
    }

    private KeyImport keyImport(Application application, Owner owner, @Nullable Kek opened) {
        StoredKeys keys = application.storedKeys();
        return held
                ? new KeyImport(
                        keys,
                        new HeldKeyService(keys, application.heldKeys(), application.clock(), application.random()),
                        owner)
                : new KeyImport(keys, new KeyService(keys, application.clock(), application.random()), owner, opened);
    }

    private void audit(Application application, Owner owner, String event) {
        String details = "environment=" + owner.environment().label() + " " + event + " file=" + file;
        application.database().inTransaction(handle -> {
            application.audit().add(handle, "key import", owner.account(), details);
            return null;
        });
    }

    private BatchProgress progress(InputFile input) {
        boolean drawn = !quiet && Boolean.getBoolean("playgrant.terminal");
        return drawn
                ? BatchProgress.on(
                        System.err, "keys", input.size(), input.reader().position(), 0)
                : BatchProgress.none();
    }

    private void say(String text) {
        err().println(line(text));
    }

    private PrintWriter err() {
        return commandLine().getErr();
    }

    private static String line(String text) {
        return "playgrant: " + printable(text);
    }
}
