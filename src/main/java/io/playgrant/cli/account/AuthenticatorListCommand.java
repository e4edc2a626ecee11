package io.playgrant.cli.account;

import io.playgrant.account.Account;
import io.playgrant.account.StoredAuthenticator;
import io.playgrant.view.AuthenticatorView;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code playgrant account authenticator list}. */
@Command(
        name = "list",
        description = "List an account's authenticators by id, without the secrets.",
        mixinStandardHelpOptions = true)
final class AuthenticatorListCommand extends AccountListing<StoredAuthenticator> {

    private static final String ROW = "%-8s %-11s %-9s %s";

    AuthenticatorListCommand() {
        super(Account::authenticators);
    }

    @Override
    String header() {
        return ROW.formatted("ID", "ENVIRONMENT", "FOR", "CREATED");
    }

    @Override
    String row(StoredAuthenticator authenticator) {
        return ROW.formatted(
                authenticator.id(),
                authenticator.environment().label(),
                authenticator.purpose().label(),
                authenticator.createdAt());
    }

    @Override
    Map<String, Object> toJson(StoredAuthenticator authenticator) {
        return AuthenticatorView.json(authenticator);
    }
}
