package io.playgrant.bench.soak;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Accounts;
import io.playgrant.account.Authenticators;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.bench.measure.Commands;
import io.playgrant.bench.server.BenchFolder;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Owner;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What operators change while a server runs: accounts, authenticators, credits, stored keys, and the key ring. */
final class Changes {

    private static final int MOST_ACCOUNTS = 20;
    private static final int CREDITS = 2_000;

    private final SoakInstallation installation;
    private final Callers callers;
    private final Deque<Long> made = new ArrayDeque<>();
    private final Deque<String> ring = new ArrayDeque<>();

    Changes(SoakInstallation installation, Callers callers) {
        this.installation = installation;
        this.callers = callers;
    }

    /** Makes the account that nobody changes afterwards. */
    void makeFirstAccount() {
        try (Application application = application()) {
            create(application, Profile.STRICT);
        }
    }

    private Application application() {
        return Application.open(installation.direct().settings(installation.data()));
    }

    private long create(Application application, Profile profile) {
        Accounts.Created created = application.accounts().create("Soak", profile, List.of());
        long number = created.account().number();
        application
                .storedKeys()
                .create(
                        new Owner(number, Environment.PRODUCTION),
                        BenchFolder.storedKey(KeyId.ofName(BenchFolder.STORED)));
        callers.add(created.authenticator(Environment.PRODUCTION).reveal());
        return number;
    }

    /** Makes an account, changes older ones in each way, and deletes the oldest if there are many. */
    void changeAccounts() {
        try (Application application = application()) {
            Accounts accounts = application.accounts();
            made.add(create(application, made.size() % 2 == 0 ? Profile.LENIENT : Profile.STRICT));
            int turn = 0;
            for (long number : made) {
                change(accounts, number, turn++);
            }
            if (made.size() > MOST_ACCOUNTS) {
                accounts.delete(made.remove());
            }
        }
    }

    private void change(Accounts accounts, long number, int turn) {
        switch (turn % 5) {
            case 0 -> accounts.change(number, AccountChange.credits(Limit.of(CREDITS)));
            case 1 -> {
                accounts.change(number, AccountChange.enabled(false));
                accounts.change(number, AccountChange.enabled(true));
            }
            case 2 -> accounts.change(number, AccountChange.widevine(turn % 2 == 0));
            case 3 -> accounts.change(number, AccountChange.rate(Limit.of(CREDITS)));
            default -> replaceAuthenticator(accounts.authenticators(), number);
        }
    }

    private void replaceAuthenticator(Authenticators authenticators, long number) {
        Authenticators.Added first =
                authenticators.add(number, Environment.PRODUCTION).orElseThrow();
        callers.add(first.authenticator().reveal());
        authenticators.revoke(number, first.id());
        authenticators
                .add(number, Environment.PRODUCTION)
                .ifPresent(second -> callers.add(second.authenticator().reveal()));
    }

    /** Adds a key to the ring, makes it the active one, and retires the one before. */
    void rotateRing() throws IOException, InterruptedException {
        String before = activeKey();
        List<String> known = keys();
        Commands.run(installation.environment(), "ring", "add", "--environment", "production");
        String added = keys().stream().filter(id -> !known.contains(id)).findFirst().orElseThrow();
        Commands.run(installation.environment(), "ring", "activate", added);
        ring.add(before);
        if (ring.size() > 1) {
            Commands.run(installation.environment(), "ring", "retire", ring.remove());
        }
    }

    private List<String> keys() {
        try (Application application = application()) {
            return application.keyRing().get().ids(Environment.PRODUCTION);
        }
    }

    private String activeKey() {
        try (Application application = application()) {
            return application.keyRing().get().activeId(Environment.PRODUCTION);
        }
    }
}
