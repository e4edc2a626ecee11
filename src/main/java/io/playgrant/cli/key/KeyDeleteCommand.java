package io.playgrant.cli.key;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.KeyIdConverter;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.contentkey.KeyId;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code playgrant key delete}. */
@Command(
        name = "delete",
        description = "Delete a stored key permanently. Tokens that contain it are not affected.",
        mixinStandardHelpOptions = true)
final class KeyDeleteCommand extends PrintingCommand {

    @Mixin
    private KeyOwner owner = new KeyOwner();

    @Parameters(
            paramLabel = "KID",
            converter = KeyIdConverter.class,
            description = "The key's id: 32 hexadecimal digits, or ^NAME.")
    private @Nullable KeyId kid;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        KeyId id = Objects.requireNonNull(kid);
        try (Application application = InstallationHome.openExistingApplication()) {
            if (!application.auditedKeys().delete(owner.in(application), id)) {
                throw new CommandException("There is no key " + id + " of " + owner);
            }
            print(
                    json ? Json.line(Map.of("deleted", id.toString())) + "\n" : "Key " + id + " is deleted.\n",
                    "the key is deleted");
        }
        return 0;
    }
}
