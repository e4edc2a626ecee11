package io.playgrant.console.request;

import io.playgrant.app.Application;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.console.page.MenuItem;
import io.playgrant.console.page.PageHead;
import io.playgrant.console.page.PageText;
import io.playgrant.console.page.Templates;
import io.playgrant.error.TokenException;
import io.playgrant.operator.Role;
import io.playgrant.record.RecordCursor;
import io.playgrant.record.RecordPage;
import io.playgrant.record.RecordQuery;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenOpener;
import io.playgrant.view.PastedToken;
import io.playgrant.view.story.StorySubject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The search for requests. Its form is posted, because a licence URL may be pasted into it; the answer leads to a URL that has ids only. A
 * search that takes long answers what it has found, and the page continues.
 */
final class RequestPages implements ConsolePart {

    /** The path of the search. */
    static final String PATH = "/console/requests";

    private static final String UNSUITABLE =
            "The text was not searched for: it is longer than any value of a record, or looks like a secret, which must not get into"
                    + " the address of a page. Search for an id, a cookie or an address in it.";

    private final Templates templates;
    private final Application application;
    private final ExplainPages explain;
    private final Duration budget;

    /** Pages of these records. */
    RequestPages(Templates templates, Application application, ExplainPages explain, Duration budget) {
        this.templates = templates;
        this.application = application;
        this.explain = explain;
        this.budget = budget;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page("GET", PATH, Role.VIEWER, this::show).page("POST", PATH, Role.VIEWER, this::search);
    }

    private Answer search(ConsoleCall call) {
        SearchText text = SearchText.of(
                call.form().get("find").orElse(""),
                SearchText.Kind.of(call.form().get("as").orElse("")));
        boolean isSuitable = text.kind() != SearchText.Kind.UNSUITABLE
                && call.form().get("content").map(SearchText::isSuitable).orElse(true);
        if (!isSuitable) {
            RequestCriteria none = RequestCriteria.ofUrl(name -> Optional.empty());
            return page(call, none, new RecordPage(List.of(), null), UNSUITABLE);
        }
        if (text.kind() != SearchText.Kind.TOKEN) {
            RequestCriteria criteria =
                    RequestCriteria.ofForm(text, name -> call.form().get(name));
            return Answer.redirect(new Url(PATH).with(criteria.parameters()).toString());
        }
        return call.mayDo(Role.SUPPORT) ? explain.explain(call, text.value()) : searchToken(call, text.value());
    }

    /** Whoever may not explain a token can see its records all the same. */
    private Answer searchToken(ConsoleCall call, String text) {
        TokenOpener opener = new TokenOpener(application.keyRing());
        String problem = "There is no token in this text.";
        Optional<PastedToken> pasted = PastedToken.find(text, opener);
        if (pasted.isPresent()) {
            try {
                Claims claims = opener.open(pasted.get().token());
                return Answer.redirect(
                        RecordRow.tokenUrl(StorySubject.of(claims), null).toString());
            } catch (TokenException e) {
                problem = "This token cannot be opened: " + e.reason() + ".";
            }
        }
        RequestCriteria criteria = RequestCriteria.ofUrl(name -> Optional.empty());
        return page(call, criteria, new RecordPage(List.of(), null), problem);
    }

    private Answer show(ConsoleCall call) {
        RequestCriteria criteria = RequestCriteria.ofUrl(call::query);
        @Nullable
        RecordCursor before = call.query("before").flatMap(RecordCursor::parse).orElse(null);
        RecordQuery query = criteria.query(application.clock().instant(), before);
        if (!criteria.error().isEmpty()) {
            return page(call, criteria, new RecordPage(List.of(), null), criteria.error());
        }
        if (before != null && call.query("stop").isPresent()) {
            RecordPage stopped = new RecordPage(List.of(), before, before.time());
            return call.isHtmx() ? fragment(criteria, stopped, false) : page(call, criteria, stopped, "");
        }
        RecordPage found = application.records().search(query, budget);
        return call.isHtmx() ? fragment(criteria, found, true) : page(call, criteria, found, "");
    }

    private Answer page(ConsoleCall call, RequestCriteria criteria, RecordPage found, String error) {
        Map<String, Object> model = new HashMap<>(criteria.model());
        model.putAll(rows(criteria, found, true));
        model.put("error", error);
        model.put("mayExplain", call.mayDo(Role.SUPPORT));
        model.put("nothing", found.records().isEmpty() && found.next() == null && error.isEmpty());
        model.put("any", !found.records().isEmpty() || found.next() != null);
        model.put("continuing", false);
        PageHead head = PageHead.of(call, "Requests", MenuItem.REQUESTS);
        return Answer.html(templates.page("requests", head, model));
    }

    private Answer fragment(RequestCriteria criteria, RecordPage found, boolean continues) {
        Map<String, Object> model = new HashMap<>(rows(criteria, found, continues));
        model.put("continuing", continues);
        return Answer.html(templates.fragment("request-rows", model));
    }

    /**
     * The rows, and how the search goes on.
     *
     * @param continues whether it goes on by itself if its budget was spent
     */
    private Map<String, Object> rows(RequestCriteria criteria, RecordPage found, boolean continues) {
        Instant now = application.clock().instant();
        RecordCursor next = found.next();
        Instant reached = found.searchedTo();
        String further = next == null
                ? ""
                : new Url(PATH)
                        .with(criteria.parameters())
                        .with("before", next.text())
                        .toString();
        return Map.of(
                "rows",
                found.records().stream()
                        .map(record -> RecordRow.of(record, now))
                        .toList(),
                "reached",
                reached == null ? false : PageText.time(reached, now),
                "automatic",
                continues && reached != null,
                "next",
                further,
                "stop",
                further + "&stop=1");
    }
}
