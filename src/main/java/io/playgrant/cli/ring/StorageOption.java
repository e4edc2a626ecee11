package io.playgrant.cli.ring;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.keystore.held.StorageRing;
import picocli.CommandLine.Option;

/** The option that selects the storage ring instead of the key ring. */
final class StorageOption {

    @Option(
            names = "--storage",
            description = "Apply to the storage ring, which wraps the keys that the service holds.")
    private boolean given;

    boolean isGiven() {
        return given;
    }

    /** The storage ring. Fails if there is none. */
    static StorageRing ringOf(Application application) {
        return application
                .storageRing()
                .get()
                .orElseThrow(() ->
                        new CommandException("There is no storage ring yet; it is created with ring init --storage"));
    }

    /** Fails unless the storage ring has a key. */
    static void requireKey(Application application, RingKeyArgument key) {
        if (key.namesEnvironment()) {
            throw new CommandException("The storage ring serves both environments; leave out --environment");
        }
        if (!ringOf(application).ids().contains(key.id())) {
            throw new CommandException(
                    "The storage ring has no key " + key.id() + "; ring list --storage shows its keys");
        }
    }
}
