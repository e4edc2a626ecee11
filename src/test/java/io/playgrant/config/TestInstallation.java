package io.playgrant.config;

import static io.playgrant.TestSecrets.secret;

import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A data folder, opened in this process with the repository's settings and routes: a command would take the start of another. */
public final class TestInstallation {

    private TestInstallation() {}

    public static Settings settings(Path data) {
        return settings(data, Map.of());
    }

    /** The settings of a folder, and others. */
    public static Settings settings(Path data, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("PLAYGRANT_DATA_DIR", data.toString());
        return Settings.load(Path.of("").toAbsolutePath(), variables);
    }

    public static Application open(Path data) {
        return open(data, Map.of());
    }

    /**
     * Opens it.
     *
     * @param environment settings beside the folder
     */
    public static Application open(Path data, Map<String, String> environment) {
        return Application.open(settings(data, environment));
    }

    /** Makes an account that may have any number of tokens, and gives its authenticator of the production environment. */
    public static String createAccount(Path data) {
        return createAccount(data, Limit.NONE);
    }

    /** The same with this many credits. */
    public static String createAccount(Path data, Limit credits) {
        try (Application application = open(data)) {
            return createAccount(application, credits, Limit.NONE);
        }
    }

    /** The same in an installation that is open already. */
    public static String createAccount(Application application, Limit credits, Limit rate) {
        return secret(application
                .accounts()
                .create(new NewAccount("N", Profile.STRICT, List.of(), credits, rate))
                .authenticator(Environment.PRODUCTION)
                .reveal());
    }
}
