package io.playgrant.cli.ring;

import io.playgrant.account.Environment;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.token.sealing.KeyRing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A key of the ring, as arguments name it. */
final class RingKeyArgument {

    @Parameters(paramLabel = "KID", description = "The key's id.")
    private String id = "";

    @Option(
            names = "--environment",
            paramLabel = "production|test",
            description = "Fail if the key is of another environment than this.")
    private @Nullable Environment environment;

    String id() {
        return id;
    }

    /** The environment whose key it is. */
    Environment environmentIn(KeyRing ring) {
        Environment found = ring.environmentOf(id)
                .orElseThrow(
                        () -> new CommandException("The key ring has no key " + id + "; ring list shows its keys"));
        if (environment != null && environment != found) {
            throw new CommandException("The key " + id + " is of the " + found.label() + " environment");
        }
        return found;
    }
}
