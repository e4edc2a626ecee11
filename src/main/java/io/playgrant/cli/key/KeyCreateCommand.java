package io.playgrant.cli.key;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.KeyIdConverter;
import io.playgrant.cli.terminal.NamedInput;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.cli.terminal.SecretFile;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyFields;
import io.playgrant.keystore.KeyObject;
import io.playgrant.keystore.KeyService;
import io.playgrant.keystore.KeyService.Creation;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.view.KeyView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code playgrant key create}. */
@Command(
        name = "create",
        description = "Store a content key and show it. If no id or no key is given, it is generated at random.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A key in clear and a random key need a kek, which wraps the key and is not stored.",
            "With --held, the storage ring wraps the key, and requests for tokens need no kek.",
            "If a key with this kid is stored already, it remains as it is. The command fails if you give a different one."
        })
final class KeyCreateCommand extends PrintingCommand {

    private static final Pattern KEY = Pattern.compile("[0-9A-Fa-f]{32}");

    @Mixin
    private KeyOwner owner = new KeyOwner();

    @Mixin
    private KekFile kek = new KekFile();

    @Option(
            names = "--kid",
            paramLabel = "KID",
            converter = KeyIdConverter.class,
            description = "The id of the key: 32 hexadecimal digits, or ^NAME (default: random).")
    private @Nullable KeyId kid;

    @ArgGroup(exclusive = true)
    private @Nullable Material material;

    @Option(
            names = "--kek-id",
            paramLabel = "TEXT",
            description = "Your name for the kek (default: derived from the kek).")
    private @Nullable String kekId;

    @Option(names = "--info", paramLabel = "TEXT", description = "A note for your own use.")
    private @Nullable String info;

    @Option(names = "--content-id", paramLabel = "TEXT", description = "The id of the content that the key protects.")
    private @Nullable String contentId;

    @Option(
            names = "--expiration",
            paramLabel = "TIME",
            description = "The time from which the key is no longer used, such as 2030-12-31T23:59:59Z.")
    private @Nullable String expiration;

    @Option(names = "--held", description = "Have the service hold the key; no kek is needed to use it.")
    private boolean held;

    @Option(
            names = "--track-type",
            paramLabel = "0-4",
            description = "The kind of track that a held key encrypts: 0 SD, 1 HD, 2 AUDIO, 3 UHD1, 4 UHD2.")
    private @Nullable String trackType;

    @Option(names = "--reveal-keys", description = "Show the content key. Needs --kek-file.")
    private boolean revealKeys;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    private static final class Material {

        @Option(names = "--ek", paramLabel = "EK", description = "The wrapped key (RFC 3394): 48 hexadecimal digits.")
        private @Nullable String ek;

        @Option(
                names = "--key-file",
                paramLabel = "FILE",
                description = "A file with the key in clear, 32 hexadecimal digits; - is standard input.")
        private @Nullable String keyFile;
    }

    @Override
    public Integer call() {
        checkUsage();
        KeyFields fields = KeyFields.of(members());
        try (Application application = InstallationHome.openExistingApplication()) {
            Creation creation = kek.use(opened -> create(application, fields, opened));
            KeyObject key = revealKeys ? creation.key() : KeyView.masked(creation.key());
            print(
                    json ? Json.line(toJson(creation.isNew(), key)) + "\n" : KeyText.text(key),
                    "the key " + key.kid() + " is stored, and key show shows it");
            if (!json && !creation.isNew()) {
                commandLine().getErr().println("The key was stored before and remains as it is.");
            }
        } catch (TokenException e) {
            throw new CommandException(e.details());
        }
        return 0;
    }

    /** Fails if another key is stored under the kid: the caller must not mistake it for the one given. */
    private Creation create(Application application, KeyFields fields, @Nullable Kek opened) {
        Owner keys = owner.in(application);
        if (held) {
            return KeyOwner.heldService(application).create(keys, fields);
        }
        KeyService service = KeyOwner.service(application);
        Creation creation = service.create(keys, fields, opened);
        KeyId id = KeyId.ofHex(creation.key().kid());
        if (!creation.isNew() && !service.holds(keys, id, fields, opened)) {
            throw new CommandException(
                    "A different key, or the same key under a different kek, is already stored under " + id);
        }
        return creation;
    }

    private void checkUsage() {
        if (kek.isStandardInput()
                && material != null
                && material.keyFile != null
                && NamedInput.isStandard(material.keyFile)) {
            throw invalidUsage("--kek-file and --key-file cannot both be standard input");
        }
        if (held && (kek.isGiven() || kekId != null || (material != null && material.ek != null))) {
            throw invalidUsage("--held goes without --kek-file, --kek-id and --ek");
        }
        if (trackType != null && !held) {
            throw invalidUsage("--track-type needs --held");
        }
        if (material != null && material.keyFile != null && !kek.isGiven() && !held) {
            throw invalidUsage("--key-file needs --kek-file or --held");
        }
        if (revealKeys && !kek.isGiven()) {
            throw invalidUsage("--reveal-keys needs --kek-file");
        }
        if (kid == null && material == null && !kek.isGiven() && !held) {
            throw invalidUsage(
                    "A random key needs --kek-file or --held; otherwise give --ek, or --key-file with --kek-file");
        }
    }

    private ParameterException invalidUsage(String problem) {
        return new ParameterException(commandLine(), problem);
    }

    private Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        put(members, "kid", kid == null ? null : kid.toString());
        if (material != null) {
            put(members, "ek", material.ek);
            if (material.keyFile != null) {
                members.put("k", SecretFile.read(material.keyFile, KEY, "a key, 32 hexadecimal digits,"));
            }
        }
        put(members, "kekId", kekId);
        put(members, "trackType", trackType);
        put(members, "info", info);
        put(members, "contentId", contentId);
        put(members, "expiration", expiration);
        return members;
    }

    private static void put(Map<String, String> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    private static Map<String, Object> toJson(boolean isNew, KeyObject key) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("isNew", isNew);
        members.put("key", KeyView.json(key));
        return members;
    }
}
