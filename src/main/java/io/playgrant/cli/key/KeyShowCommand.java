package io.playgrant.cli.key;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.KeyIdConverter;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyObject;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.view.KeyView;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code playgrant key show}. */
@Command(
        name = "show",
        description = "Show a stored key. If a kek is given, fail unless it unwraps the key.",
        mixinStandardHelpOptions = true)
final class KeyShowCommand extends PrintingCommand {

    @Mixin
    private KeyOwner ownerOption = new KeyOwner();

    @Mixin
    private KekFile kek = new KekFile();

    @Parameters(
            paramLabel = "KID",
            converter = KeyIdConverter.class,
            description = "The key's id: 32 hexadecimal digits, or ^NAME.")
    private @Nullable KeyId kid;

    @Option(names = "--reveal-keys", description = "Show the content key. Needs --kek-file.")
    private boolean revealKeys;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (revealKeys && !kek.isGiven()) {
            throw new ParameterException(commandLine(), "--reveal-keys needs --kek-file");
        }
        KeyId id = Objects.requireNonNull(kid);
        try (Application application = InstallationHome.openExistingApplication()) {
            Owner owner = ownerOption.in(application);
            KeyObject found = kek.use(opened -> KeyOwner.service(application).find(owner, id, opened))
                    .orElseThrow(() -> new CommandException("There is no key " + id + " of " + ownerOption));
            KeyObject key = revealKeys ? found : KeyView.masked(found);
            print(json ? Json.line(KeyView.json(key)) + "\n" : KeyText.text(key));
        } catch (TokenException e) {
            throw new CommandException(e.details());
        }
        return 0;
    }
}
