package io.playgrant.cli.account;

import io.playgrant.account.Account;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Environment;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows an account as JSON, as text, or as a row of a table. */
final class AccountView {

    private AccountView() {}

    /** The account as a JSON object, with the number of its authenticators only. */
    static Map<String, Object> json(Account account) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", account.number());
        json.put("name", account.name());
        json.put("profile", account.profile().label());
        json.put("enabled", account.enabled());
        json.put("widevine", account.widevine());
        json.put(
                "networks",
                account.networks().stream().map(AddressRange::toString).toList());
        json.put("credits", account.credits().most());
        json.put("rate", account.rate().most());
        Map<String, Object> authenticators = new LinkedHashMap<>();
        for (Environment environment : Environment.values()) {
            authenticators.put(environment.label(), count(account, environment));
        }
        json.put("authenticators", authenticators);
        return json;
    }

    /** The account as lines of text. */
    static String text(Account account) {
        return """
                account         %d
                name            %s
                profile         %s
                enabled         %s
                widevine        %s
                networks        %s
                credits         %s
                rate            %s
                authenticators  %d production, %d test
                """.formatted(
                        account.number(),
                        account.name(),
                        account.profile().label(),
                        account.enabled() ? "yes" : "no",
                        account.widevine() ? "on" : "off",
                        account.networks().isEmpty() ? "any" : AddressRange.join(account.networks()),
                        account.credits(),
                        account.rate().isNone() ? "any" : account.rate() + " a second",
                        count(account, Environment.PRODUCTION),
                        count(account, Environment.TEST));
    }

    /** The account as a row of the table that {@link #HEAD} begins. */
    static String row(Account account) {
        return "%-10d %-8s %-8s %-8s %-10s %s"
                .formatted(
                        account.number(),
                        account.profile().label(),
                        account.enabled() ? "enabled" : "disabled",
                        account.widevine() ? "on" : "off",
                        account.credits(),
                        account.name());
    }

    /** The head of the table. */
    static final String HEAD =
            "%-10s %-8s %-8s %-8s %-10s %s".formatted("ACCOUNT", "PROFILE", "STATE", "WIDEVINE", "CREDITS", "NAME");

    private static long count(Account account, Environment environment) {
        return account.authenticators().stream()
                .filter(authenticator -> authenticator.environment() == environment)
                .count();
    }
}
