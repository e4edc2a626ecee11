package io.playgrant.console.page;

import io.playgrant.account.Account;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsoleException;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.operator.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The list of accounts, and the page of an account. */
final class AccountPages implements ConsolePart {

    /** The path of the list. */
    static final String PATH = "/console/accounts";

    private static final int LARGEST_PAGE = 200;
    private static final int SEARCHED_AT_ONCE = 1_000;
    private static final int NOT_FOUND = 404;

    private final Templates templates;
    private final Application application;
    private final UsageFigures usage;

    /** Pages of these accounts. */
    AccountPages(Templates templates, Application application, UsageFigures usage) {
        this.templates = templates;
        this.application = application;
        this.usage = usage;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page("GET", PATH, Role.VIEWER, this::list).page("GET", PATH + "/:number", Role.VIEWER, this::show);
    }

    /** The account that the path names. */
    static Account required(Application application, ConsoleCall call) {
        long number = number(call.path("number"));
        return application
                .accounts()
                .find(number)
                .orElseThrow(() -> new ConsoleException(
                        NOT_FOUND, "No such account", "There is no account " + number + ". It may have been deleted."));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ConsoleException(NOT_FOUND, "No such account", "The number of an account consists of digits.");
        }
    }

    /** The path of an account's page. */
    static String path(long number) {
        return PATH + "/" + number;
    }

    private Answer list(ConsoleCall call) {
        String query = call.query("q").map(String::strip).orElse("");
        long after = call.query("after").map(AccountPages::number).orElse(0L);
        List<Account> found = find(query, after);
        List<Account> page = found.subList(0, Math.min(found.size(), LARGEST_PAGE));
        Map<String, Object> model = new HashMap<>();
        model.put("query", query);
        model.put("any", !page.isEmpty());
        model.put("mayChange", call.mayDo(Role.ADMIN));
        model.put("caption", query.isEmpty() ? "By number" : "Accounts with this name or number, by number");
        model.put("rows", page.stream().map(AccountPages::row).toList());
        model.put(
                "more",
                found.size() > LARGEST_PAGE
                        ? PATH + "?after=" + page.get(page.size() - 1).number() + "&q="
                                + URLEncoder.encode(query, StandardCharsets.UTF_8)
                        : "");
        return Answer.html(templates.page("accounts", PageHead.of(call, "Accounts", MenuItem.ACCOUNTS), model));
    }

    /** The accounts after a number, one more than a page has. */
    private List<Account> find(String query, long after) {
        List<Account> found = new ArrayList<>();
        int step = query.isEmpty() ? LARGEST_PAGE + 1 : SEARCHED_AT_ONCE;
        List<Account> some = application.accounts().page(after, step);
        while (!some.isEmpty() && found.size() <= LARGEST_PAGE) {
            some.stream().filter(account -> matches(account, query)).forEach(found::add);
            some = application.accounts().page(some.get(some.size() - 1).number(), step);
        }
        return found;
    }

    private static boolean matches(Account account, String query) {
        return account.name().toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT))
                || Long.toString(account.number()).startsWith(query);
    }

    private static Map<String, Object> row(Account account) {
        return Map.of(
                "number", account.number(),
                "name", account.name(),
                "enabled", account.enabled(),
                "profile", account.profile().label(),
                "widevine", account.widevine() ? "on" : "off",
                "packaging", packaging(account),
                "credits", PageText.grouped(account.credits()),
                "rate", PageText.grouped(account.rate()));
    }

    private static String packaging(Account account) {
        return account.packaging().isEmpty()
                ? "off"
                : account.packaging().stream().sorted().map(Environment::label).collect(Collectors.joining(" and "));
    }

    private Answer show(ConsoleCall call) {
        Account account = required(application, call);
        Instant now = application.clock().instant();
        Map<String, Object> model = new HashMap<>(row(account));
        model.put("mayChange", call.mayDo(Role.ADMIN));
        model.put("revision", account.revision());
        model.put("once", OnceTokens.draw(application.random()));
        model.put(
                "profileMeaning",
                account.profile() == Profile.STRICT
                        ? "applies the documented rules"
                        : "accepts what real clients send");
        model.put("networks", account.networks().isEmpty() ? "any" : AddressRange.join(account.networks()));
        model.put("hasCredits", !account.credits().isNone());
        model.put(
                "rate",
                account.rate().isNone() ? "any" : PageText.grouped(account.rate()) + " tokens a second on each server");
        UsageFigures.Sums today = usage.today(OptionalLong.of(account.number()), now);
        model.put("tokensToday", PageText.grouped(today.tokens()));
        model.put("redeemedToday", PageText.grouped(today.redeemed()));
        model.put("refusedToday", PageText.grouped(today.refused()));
        model.put("chart", TrafficCharts.ofAccount(account.number()));
        model.put("hasAuthenticators", !account.authenticators().isEmpty());
        model.put("authenticators", authenticators(account, now));
        model.put("hasSigners", !account.signers().isEmpty());
        model.put(
                "signers",
                account.signers().stream()
                        .map(signer -> Map.of(
                                "signer", signer.name(), "kind", signer.kind().label()))
                        .toList());
        PageHead head = PageHead.of(call, account.name() + " (" + account.number() + ")", MenuItem.ACCOUNTS);
        return Answer.html(templates.page("account", head, model));
    }

    private static List<Map<String, Object>> authenticators(Account account, Instant now) {
        List<Map<String, Object>> rows = new ArrayList<>();
        account.authenticators().stream()
                .sorted(Comparator.comparingLong(authenticator -> authenticator.id()))
                .forEach(authenticator -> rows.add(Map.of(
                        "id", authenticator.id(),
                        "environment", authenticator.environment().label(),
                        "purpose", authenticator.purpose().label(),
                        "createdAt", PageText.time(authenticator.createdAt(), now))));
        return rows;
    }
}
