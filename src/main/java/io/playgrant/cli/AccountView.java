package io.playgrant.cli;

import io.playgrant.account.Account;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Environment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How an account is shown. */
final class AccountView {

    private AccountView() {}

    /** The account as a JSON object; its authenticators are only counted. */
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
                authenticators  %d production, %d test
                """.formatted(
                        account.number(),
                        account.name(),
                        account.profile().label(),
                        account.enabled() ? "yes" : "no",
                        account.widevine() ? "on" : "off",
                        account.networks().isEmpty() ? "any" : networks(account.networks()),
                        count(account, Environment.PRODUCTION),
                        count(account, Environment.TEST));
    }

    /** The account as one row of a table whose head is {@link #HEAD}. */
    static String row(Account account) {
        return "%-10d %-8s %-8s %-8s %s"
                .formatted(
                        account.number(),
                        account.profile().label(),
                        account.enabled() ? "enabled" : "disabled",
                        account.widevine() ? "on" : "off",
                        account.name());
    }

    /** The head of the table. */
    static final String HEAD = "%-10s %-8s %-8s %-8s %s".formatted("ACCOUNT", "PROFILE", "STATE", "WIDEVINE", "NAME");

    private static String networks(List<AddressRange> networks) {
        return String.join(", ", networks.stream().map(AddressRange::toString).toList());
    }

    private static long count(Account account, Environment environment) {
        return account.authenticators().stream()
                .filter(authenticator -> authenticator.environment() == environment)
                .count();
    }
}
