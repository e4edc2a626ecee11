package io.playgrant.cli.ring;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.cluster.Nodes;
import io.playgrant.cluster.Nodes.Node;
import io.playgrant.view.RingView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code playgrant ring retire}. */
@Command(
        name = "retire",
        description = "Remove a key from the ring. Tokens that were encrypted with it can no longer be opened.",
        mixinStandardHelpOptions = true)
final class RingRetireCommand extends PrintingCommand {

    @Mixin
    private RingKeyArgument key = new RingKeyArgument();

    @Mixin
    private StorageOption storage = new StorageOption();

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = InstallationHome.openExistingApplication()) {
            if (storage.isGiven()) {
                retireFromStorage(application);
                return 0;
            }
            Environment environment = key.environmentIn(application.keyRing().get());
            application.keyRingEditor().retire(environment, key.id());
            print(
                    json
                            ? Json.line(RingView.keyJson(environment, key.id(), "retired")) + "\n"
                            : "Tokens of the " + environment.label() + " environment that were encrypted with "
                                    + key.id() + " can no longer be opened.\n",
                    "the key was retired");
        }
        return 0;
    }

    private void retireFromStorage(Application application) {
        StorageOption.requireKey(application, key);
        List<String> using = new Nodes(application.database())
                .live().stream()
                        .filter(node -> node.wrapsWith(key.id()))
                        .map(Node::name)
                        .toList();
        if (!using.isEmpty()) {
            throw new CommandException("The key " + key.id() + " is still the active one of " + String.join(", ", using)
                    + "; activate another first");
        }
        application.storageRingEditor().retire(key.id());
        print(
                json
                        ? Json.line(RingView.storageJson(key.id(), "retired")) + "\n"
                        : "The key " + key.id() + " was removed from the storage ring; no held key needed it.\n",
                "the key was retired");
    }
}
