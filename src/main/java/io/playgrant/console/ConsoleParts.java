package io.playgrant.console;

import io.playgrant.app.Application;
import io.playgrant.console.http.Console;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.signin.SignInPages;
import io.playgrant.observe.Health;
import java.util.List;

/** Puts the parts of the console together. A new part is one line here. */
public final class ConsoleParts {

    private ConsoleParts() {}

    /**
     * Opens the console.
     *
     * @param health the health of this node, for its pages
     */
    public static Console open(Application application, Health health) {
        return new Console(application, list(application, health));
    }

    static List<ConsolePart> list(Application application, Health health) {
        return List.of(new SignInPages(application));
    }
}
