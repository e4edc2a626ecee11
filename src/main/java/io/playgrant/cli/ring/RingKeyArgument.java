package io.playgrant.cli.ring;

import io.playgrant.account.Environment;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.token.sealing.KeyRing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that name a key of the ring. */
final class RingKeyArgument {

    @Parameters(paramLabel = "KID", description = "The key's id.")
    private String id = "";

    @Option(
            names = "--environment",
            paramLabel = "production|test",
            description = "Fail unless the key belongs to this environment.")
    private @Nullable Environment environment;

    String id() {
        return id;
    }

    boolean namesEnvironment() {
        return environment != null;
    }

    /** The environment to which the key belongs. */
    Environment environmentIn(KeyRing ring) {
        Environment found = ring.environmentOf(id)
                .orElseThrow(
                        () -> new CommandException("The key ring has no key " + id + "; ring list shows its keys"));
        if (environment != null && environment != found) {
            throw new CommandException("The key " + id + " belongs to the " + found.label() + " environment");
        }
        return found;
    }
}
