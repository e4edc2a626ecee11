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
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code playgrant ring activate}. */
@Command(
        name = "activate",
        description = "Encrypt new tokens with a key of the ring, as soon as every running server can open them.",
        mixinStandardHelpOptions = true)
final class RingActivateCommand extends PrintingCommand {

    private static final int LONGEST_WAIT = 3_600;

    @Mixin
    private RingKeyArgument key = new RingKeyArgument();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait for servers that do not have the key yet, 0 to 3600 seconds (default: 30).")
    private int wait;

    @Mixin
    private StorageOption storage = new StorageOption();

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (wait < 0 || wait > LONGEST_WAIT) {
            throw new ParameterException(commandLine(), "--wait must be a number from 0 to " + LONGEST_WAIT);
        }
        try (Application application = InstallationHome.openExistingApplication()) {
            if (storage.isGiven()) {
                activateForStorage(application);
                return 0;
            }
            Environment environment = key.environmentIn(application.keyRing().get());
            waitForServers(application, Node::ringKeys, "tokens encrypted with it could not be opened by ");
            application.keyRingEditor().activate(environment, key.id());
            print(
                    json
                            ? Json.line(RingView.keyJson(environment, key.id(), "activated")) + "\n"
                            : "New tokens of the " + environment.label() + " environment are now encrypted with "
                                    + key.id() + ".\n",
                    "the key is active now");
        }
        return 0;
    }

    private void activateForStorage(Application application) throws InterruptedException {
        StorageOption.requireKey(application, key);
        waitForServers(application, Node::storageKeys, "keys held with it could not be opened by ");
        application.storageRingEditor().activate(key.id());
        print(
                json
                        ? Json.line(RingView.storageJson(key.id(), "activated")) + "\n"
                        : "New held keys are now wrapped with " + key.id()
                                + ". A running server wraps the others anew.\n",
                "the key is active now");
    }

    private void waitForServers(Application application, Function<Node, Set<String>> ring, String consequence)
            throws InterruptedException {
        List<Node> lacking = new Nodes(application.database()).awaitRingKey(key.id(), ring, Duration.ofSeconds(wait));
        if (!lacking.isEmpty()) {
            throw new CommandException("The key " + key.id()
                    + " was not activated, because " + consequence
                    + lacking.stream().map(Node::name).collect(Collectors.joining(", "))
                    + "; its log says more if its ring cannot be read");
        }
    }
}
