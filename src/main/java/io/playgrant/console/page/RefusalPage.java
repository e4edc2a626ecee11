package io.playgrant.console.page;

import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsoleException;
import io.playgrant.console.http.ErrorPages;
import io.playgrant.operator.Role;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page of a refused request. Whoever is signed in also gets the menu. */
public final class RefusalPage implements ErrorPages {

    private final Templates templates;

    public RefusalPage(Templates templates) {
        this.templates = templates;
    }

    @Override
    public String page(ConsoleException refusal, String requestId, @Nullable ConsoleCall call) {
        return templates.page(
                "error",
                head(refusal.title(), call),
                Map.of(
                        "status", refusal.status(),
                        "title", refusal.title(),
                        "detail", refusal.detail(),
                        "requestId", requestId));
    }

    private static PageHead head(String title, @Nullable ConsoleCall call) {
        if (call == null || call.session().isEmpty()) {
            return PageHead.signedOut(title, "");
        }
        PageHead.SignedIn operator = new PageHead.SignedIn(
                call.operator().name(), call.operator().role().label(), call.mayDo(Role.ADMIN));
        return new PageHead(title, MenuItem.NONE, operator, call.csrfToken(), null);
    }
}
