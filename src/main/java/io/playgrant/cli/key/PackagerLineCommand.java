package io.playgrant.cli.key;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.KidArgument;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.cli.terminal.SchemeConverter;
import io.playgrant.cli.terminal.ServerUrl;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyId;
import io.playgrant.contentkey.KeyWrap;
import io.playgrant.contentkey.KeyWrapException;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.packager.box.ProtectionScheme;
import io.playgrant.view.PackagerLines;
import io.playgrant.view.PackagerTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code playgrant key command}. */
@Command(
        name = "command",
        description = {
            "Print the command line with which a packager encrypts with a key.",
            "The key itself is shown only with --reveal-keys; otherwise the word KEY stands in its place."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without --account, the key need not exist.",
            "With it, the content id is that of the stored key, unless --content-id is given."
        })
final class PackagerLineCommand extends PrintingCommand {

    private static final Pattern IV = Pattern.compile("[0-9A-Fa-f]{16}|[0-9A-Fa-f]{32}");
    private static final String HIDDEN = "KEY";

    @Parameters(
            paramLabel = "KID",
            arity = "1",
            description =
                    "The key's id: 32 hexadecimal digits, a UUID, or ^NAME. For shaka and cpix also a second one, for the audio.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--for",
            required = true,
            paramLabel = "PACKAGER",
            converter = PackagerToolConverter.class,
            description = {
                "shaka (with the key server, then with the key), shaka-server (with the key server only), bento4, ffmpeg,"
                        + " or cpix (a request for a CPIX document)."
            })
    private PackagerTool tool = PackagerTool.SHAKA;

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "The number of the account that stores the key.")
    private @Nullable Long account;

    @Option(
            names = "--environment",
            paramLabel = "ENVIRONMENT",
            defaultValue = "production",
            description = "production (default) or test.")
    private Environment environment = Environment.PRODUCTION;

    @Option(
            names = "--scheme",
            paramLabel = "SCHEME",
            converter = SchemeConverter.class,
            description = "The encryption scheme: cenc (default), cens, cbc1 or cbcs.")
    private ProtectionScheme scheme = ProtectionScheme.CENC;

    @Option(
            names = "--content-id",
            paramLabel = "ID",
            description = "The id of the content (default: that of the stored key).")
    private @Nullable String contentId;

    @Option(
            names = "--iv",
            paramLabel = "IV",
            description =
                    "The initial vector, 16 or 32 hexadecimal digits, for bento4 (default: the packager draws one).")
    private @Nullable String iv;

    @Option(
            names = "--server",
            paramLabel = "URL",
            converter = ServerUrl.Converter.class,
            defaultValue = "http://127.0.0.1:8080",
            description = "The URL of the server as the packager reaches it (default: ${DEFAULT-VALUE}).")
    private @Nullable ServerUrl server;

    @Mixin
    private KekFile kek = new KekFile();

    @Option(
            names = "--reveal-keys",
            description = "Show the key. Needs --account, and --kek-file unless the service holds the key.")
    private boolean revealKeys;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        checkUsage();
        List<KeyId> kids = names.stream()
                .map(name -> KidArgument.read(commandLine(), name))
                .toList();
        List<String> lines = lines(kids).of(tool);
        print(json ? Json.line(Map.of("lines", lines)) + "\n" : String.join("\n", lines) + "\n");
        return 0;
    }

    private void checkUsage() {
        if (names.size() > 2) {
            throw invalidUsage("At most two KIDs can be given");
        }
        if (names.size() > 1 && !tool.takesTwoKeys()) {
            throw invalidUsage("Only shaka and cpix take a second KID");
        }
        if (tool == PackagerTool.FFMPEG && scheme != ProtectionScheme.CENC) {
            throw invalidUsage("ffmpeg encrypts with cenc only");
        }
        if (iv != null && (tool != PackagerTool.BENTO4 || !IV.matcher(iv).matches())) {
            throw invalidUsage("--iv must be 16 or 32 hexadecimal digits, and goes with --for bento4 only");
        }
        if (kek.isGiven() && !revealKeys) {
            throw invalidUsage("--kek-file needs --reveal-keys");
        }
        if (revealKeys && account == null) {
            throw invalidUsage("--reveal-keys needs --account");
        }
    }

    private PackagerLines lines(List<KeyId> kids) {
        if (account == null) {
            return lines(
                    kids.stream().map(kid -> new PackagerLines.Key(kid, HIDDEN)).toList(), contentId);
        }
        try (Application application = InstallationHome.openExistingApplication()) {
            List<StoredKey> stored = stored(application, account, kids);
            List<PackagerLines.Key> keys = kek.use(opened -> stored.stream()
                    .map(key ->
                            new PackagerLines.Key(key.kid(), revealKeys ? reveal(application, key, opened) : HIDDEN))
                    .toList());
            return lines(keys, contentId == null ? stored.get(0).contentId() : contentId);
        }
    }

    private List<StoredKey> stored(Application application, long number, List<KeyId> kids) {
        if (application.accounts().find(number).isEmpty()) {
            throw new CommandException("There is no account " + number);
        }
        List<StoredKey> stored = new ArrayList<>();
        for (KeyId kid : kids) {
            StoredKey key = application
                    .storedKeys()
                    .find(new Owner(number, environment), kid)
                    .orElseThrow(() -> new CommandException(
                            "There is no key " + kid + " of account " + number + ", " + environment.label()));
            if (key.isExpired(application.clock().instant())) {
                throw new CommandException("The key " + kid + " has expired");
            }
            stored.add(key);
        }
        return stored;
    }

    private static String reveal(Application application, StoredKey key, @Nullable Kek kek) {
        String heldBy = key.heldBy();
        ContentKey opened =
                heldBy == null ? unwrapped(key, kek) : application.heldKeys().open(key.ek(), heldBy);
        String hex = opened.revealHex();
        opened.wipe();
        return hex;
    }

    private static ContentKey unwrapped(StoredKey key, @Nullable Kek kek) {
        if (kek == null) {
            throw new CommandException("The key " + key.kid() + " is wrapped by a client's kek: give --kek-file");
        }
        try {
            return KeyWrap.unwrap(kek, key.ek());
        } catch (KeyWrapException e) {
            throw new CommandException("The key " + key.kid() + " does not open under the kek");
        }
    }

    private PackagerLines lines(List<PackagerLines.Key> keys, @Nullable String content) {
        String number = account == null ? "ACCOUNT" : account.toString();
        return new PackagerLines(
                keys, scheme, iv, content, Objects.requireNonNull(server).uri(), number);
    }

    private ParameterException invalidUsage(String problem) {
        return new ParameterException(commandLine(), problem);
    }
}
