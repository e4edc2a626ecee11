package io.playgrant.cli.serve;

import io.playgrant.account.Accounts;
import io.playgrant.account.AddressRange;
import io.playgrant.account.CustomerAuthenticator;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The demo account of a new installation, with which the first token needs no preparation. Only callers on the same machine can use it.
 *
 * @param file the file that contains its authenticators
 * @param created the account and its authenticators
 */
record DemoAccount(Path file, Accounts.Created created) {

    private static final String FILE = "demo.txt";
    private static final List<AddressRange> LOOPBACK = Stream.of("127.0.0.0/8", "::1")
            .flatMap(range -> AddressRange.parse(range).stream())
            .toList();

    private static final int CREDITS = 1_000;

    private static final String EXAMPLE =
            "kid=%5Emy-first-film&contentKey=000102030405060708090a0b0c0d0e0f" + "&securityLevel=1&hdcpOutputControl=0";

    /**
     * Creates the account if no account was ever created in this database. A PostgreSQL database gets none: the account would be valid on
     * every node, but its authenticators would be in the data folder of only one.
     */
    static Optional<DemoAccount> createIfNew(Application application) {
        if (application.settings().database().isPresent()) {
            return Optional.empty();
        }
        return application.dataFolder().exclusively(() -> {
            if (application.accounts().revision() != 0) {
                return Optional.empty();
            }
            // If writing the file fails, the account is not created either, and the next start tries again.
            Accounts.Created created = application
                    .accounts()
                    .create(
                            new NewAccount("Demo", Profile.STRICT, LOOPBACK, Limit.of(CREDITS), Limit.NONE),
                            account -> application.dataFolder().write(FILE, text(account.authenticators())));
            return Optional.of(new DemoAccount(application.dataFolder().file(FILE), created));
        });
    }

    private static String text(Map<Environment, CustomerAuthenticator> authenticators) {
        StringBuilder text = new StringBuilder(
                "# The demo account's authenticators. Valid on this machine only. Keep them secret.\n");
        authenticators.forEach((environment, authenticator) -> text.append(environment.label())
                .append('=')
                .append(authenticator.reveal())
                .append('\n'));
        return text.toString();
    }

    /**
     * Two commands to paste: one that returns a licence URL and one that shows an error.
     *
     * @param url the server's URL, without a path
     */
    String greeting(String url) {
        String request = "curl \"" + url + "/hms/wv/token?customerAuthenticator="
                + created.authenticator(Environment.PRODUCTION).reveal();
        return """

                A demo account was created. Its authenticators are in %s.
                A first token:
                  %s&%s"
                An error, explained:
                  %s&kid=1234&errorFormat=json"
                """.formatted(file, request, EXAMPLE, request);
    }

    /** The file, without the authenticators. */
    @Override
    public String toString() {
        return file.toString();
    }
}
