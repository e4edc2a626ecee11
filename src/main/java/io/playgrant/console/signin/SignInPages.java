package io.playgrant.console.signin;

import io.playgrant.app.Application;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsoleException;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.console.http.Csrf;
import io.playgrant.console.http.LocalPath;
import io.playgrant.console.http.SessionCookie;
import io.playgrant.console.page.PageHead;
import io.playgrant.console.page.Templates;
import io.playgrant.operator.OperatorSecret;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import io.playgrant.operator.SessionId;
import io.playgrant.operator.Sessions;
import io.playgrant.operator.SignIn;
import java.security.SecureRandom;
import java.util.Map;

/** Signs operators in and out. */
public final class SignInPages implements ConsolePart {

    private static final String SIGN_IN = "/console/sign-in";
    private static final String HOME = "/console/";
    private static final int LONGEST_FIELD = 200;

    private final Operators operators;
    private final Sessions sessions;
    private final SignIn signIn;
    private final SecureRandom random;
    private final Templates templates;

    public SignInPages(Application application, Templates templates) {
        this.templates = templates;
        this.operators = application.operators();
        this.sessions = application.sessions();
        this.signIn =
                new SignIn(application.database(), application.audit(), application.clock(), application.random());
        this.random = application.random();
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.open("GET", "/", call -> Answer.redirect(HOME))
                .open("GET", "/console", call -> Answer.redirect(HOME))
                .open("GET", SIGN_IN, call -> page(call, next(call.query("next").orElse("")), ""))
                .open("POST", SIGN_IN, this::signIn)
                .page("POST", "/console/sign-out", Role.VIEWER, this::signOut);
    }

    /** The form, bound to this browser by a cookie, so that no other page can sign its visitor in as somebody else. */
    private Answer page(ConsoleCall call, String next, String problem) {
        SessionId binding = SessionCookie.SIGN_IN.of(call).orElseGet(() -> SessionId.draw(random));
        String html = templates.page(
                "sign-in",
                PageHead.signedOut("Sign in", Csrf.token(binding.reveal())),
                Map.of("next", next, "problem", problem, "isEmpty", operators.isEmpty()));
        return Answer.html(html).with("Set-Cookie", SessionCookie.SIGN_IN.set(binding, call.isSecure()));
    }

    private Answer signIn(ConsoleCall call) {
        String expected = SessionCookie.SIGN_IN
                .of(call)
                .map(binding -> Csrf.token(binding.reveal()))
                .orElse("");
        String next = next(call.form().get("next").orElse(""));
        if (!Csrf.isToken(call.form().get(Csrf.FIELD).orElse(""), expected)) {
            return page(call, next, "The form has expired. Try again.").withStatus(403);
        }
        String name = call.form().get("name").orElse("").strip();
        String password = call.form().get("password").orElse("").strip();
        if (name.length() > LONGEST_FIELD || password.length() > LONGEST_FIELD) {
            throw new ConsoleException(400, "Bad Request", "Name or password is too long.");
        }
        SignIn.Result result = signIn.signIn(name, OperatorSecret.of(password), call.address());
        if (result instanceof SignIn.SignedIn signedIn) {
            // The browser forgets the session before.
            SessionCookie.SESSION.of(call).flatMap(sessions::use).ifPresent(sessions::signOut);
            return Answer.redirect(next).with("Set-Cookie", SessionCookie.SESSION.set(signedIn.id(), call.isSecure()));
        }
        if (result instanceof SignIn.Blocked blocked) {
            long seconds = Math.max(blocked.delay().plusMillis(999).toSeconds(), 1);
            return page(call, next, "There were too many failures. Try again in " + seconds + " seconds.")
                    .withStatus(429)
                    .with("Retry-After", Long.toString(seconds));
        }
        return page(call, next, "Name or password is wrong.").withStatus(403);
    }

    private Answer signOut(ConsoleCall call) {
        call.session().ifPresent(sessions::signOut);
        return Answer.redirect(SIGN_IN).with("Set-Cookie", SessionCookie.SESSION.delete(call.isSecure()));
    }

    /** Where to go after the sign-in: only to a page of the console. */
    private static String next(String path) {
        return LocalPath.isLocal(path) && path.startsWith(HOME) ? path : HOME;
    }
}
