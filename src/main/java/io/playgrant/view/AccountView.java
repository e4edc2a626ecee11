package io.playgrant.view;

import io.playgrant.account.Account;
import io.playgrant.account.Accounts;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Environment;
import io.playgrant.account.Purpose;
import io.playgrant.account.StoredSigner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows an account as JSON, as text, or as a row of a table. */
public final class AccountView {

    private static final String ROW = "%-10s %-8s %-8s %-8s %-10s %-10s %s";

    private AccountView() {}

    /** The account as a JSON object, with the number of its authenticators only. */
    public static Map<String, Object> json(Account account) {
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
        json.put("authenticators", perEnvironment(environment -> count(account, environment, Purpose.TOKENS)));
        json.put("packaging", perEnvironment(account.packaging()::contains));
        json.put(
                "packagingAuthenticators",
                perEnvironment(environment -> count(account, environment, Purpose.PACKAGING)));
        json.put("signers", account.signers().stream().map(StoredSigner::name).toList());
        return json;
    }

    /** An account that was just created, with its authenticators, which are secrets. */
    public static Map<String, Object> json(Accounts.Created created) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", created.account().number());
        json.put("name", created.account().name());
        created.authenticators()
                .forEach((environment, authenticator) ->
                        json.put(environment.label(), Map.of("customerAuthenticator", authenticator.reveal())));
        return json;
    }

    private static Map<String, Object> perEnvironment(Function<Environment, Object> value) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Environment environment : Environment.values()) {
            values.put(environment.label(), value.apply(environment));
        }
        return values;
    }

    /** The account as lines of text. */
    public static String text(Account account) {
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
                packaging       %s
                packagers       %d production, %d test
                signers         %s
                """.formatted(
                        account.number(),
                        account.name(),
                        account.profile().label(),
                        account.enabled() ? "yes" : "no",
                        account.widevine() ? "on" : "off",
                        account.networks().isEmpty() ? "any" : AddressRange.join(account.networks()),
                        account.credits(),
                        account.rate().isNone() ? "any" : account.rate() + " a second",
                        count(account, Environment.PRODUCTION, Purpose.TOKENS),
                        count(account, Environment.TEST, Purpose.TOKENS),
                        packaging(account),
                        count(account, Environment.PRODUCTION, Purpose.PACKAGING),
                        count(account, Environment.TEST, Purpose.PACKAGING),
                        signers(account));
    }

    /** The account as a row of the table that {@link #HEAD} begins. */
    public static String row(Account account) {
        return ROW.formatted(
                account.number(),
                account.profile().label(),
                account.enabled() ? "enabled" : "disabled",
                account.widevine() ? "on" : "off",
                packaging(account),
                account.credits(),
                account.name());
    }

    /** The head of the table. */
    public static final String HEAD =
            ROW.formatted("ACCOUNT", "PROFILE", "STATE", "WIDEVINE", "PACKAGING", "CREDITS", "NAME");

    /** The environments in which packagers may ask for keys. */
    private static String packaging(Account account) {
        return switch (account.packaging().size()) {
            case 0 -> "off";
            case 1 -> account.packaging().iterator().next().label();
            default -> "both";
        };
    }

    private static String signers(Account account) {
        return account.signers().isEmpty()
                ? "none"
                : account.signers().stream()
                        .map(signer -> signer.name() + " (" + signer.kind().label() + ")")
                        .collect(Collectors.joining(", "));
    }

    private static long count(Account account, Environment environment, Purpose purpose) {
        return account.authenticators().stream()
                .filter(authenticator ->
                        authenticator.environment() == environment && authenticator.purpose() == purpose)
                .count();
    }
}
