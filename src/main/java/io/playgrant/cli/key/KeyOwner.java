package io.playgrant.cli.key;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.keystore.HeldKeyService;
import io.playgrant.keystore.KeyService;
import io.playgrant.keystore.StoredKeys.Owner;
import picocli.CommandLine.Option;

/** The options that name the account and environment whose stored keys a command manages. */
final class KeyOwner {

    @Option(names = "--account", required = true, paramLabel = "ACCOUNT", description = "The account's number.")
    private long account;

    @Option(
            names = "--environment",
            paramLabel = "ENVIRONMENT",
            defaultValue = "production",
            description = "production (default) or test.")
    private Environment environment = Environment.PRODUCTION;

    /** The owner. Fails if the account does not exist. */
    Owner in(Application application) {
        if (application.accounts().find(account).isEmpty()) {
            throw new CommandException("There is no account " + account);
        }
        return new Owner(account, environment);
    }

    /** The operations on stored keys, with audit. */
    static KeyService service(Application application) {
        return new KeyService(application.auditedKeys(), application.clock(), application.random());
    }

    /** The storing of keys that the service holds, with audit. */
    static HeldKeyService heldService(Application application) {
        return new HeldKeyService(
                application.auditedKeys(), application.heldKeys(), application.clock(), application.random());
    }

    /** The owner as part of a sentence. */
    @Override
    public String toString() {
        return "account " + account + ", " + environment.label();
    }
}
