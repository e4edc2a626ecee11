package io.playgrant.account;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change of an account. Properties that remain are null.
 *
 * @param profile the rules of its requests
 * @param enabled whether its requests are served at all
 * @param widevine whether it may request Widevine tokens
 * @param networks the networks of its callers; any if empty
 * @param credits the number of tokens that it may obtain from now on
 * @param moreCredits the number of tokens to add to its credits; only for an account with a limit
 * @param rate the number of tokens per second that each node issues to it
 * @param packaging whether packagers may ask for its keys in the production environment
 * @param packagingInTest the same in the test environment
 */
public record AccountChange(
        @Nullable Profile profile,
        @Nullable Boolean enabled,
        @Nullable Boolean widevine,
        @Nullable List<AddressRange> networks,
        @Nullable Limit credits,
        @Nullable Long moreCredits,
        @Nullable Limit rate,
        @Nullable Boolean packaging,
        @Nullable Boolean packagingInTest) {

    private static final AccountChange NOTHING = new AccountChange(null, null, null, null, null, null, null);

    /** A change that leaves packaging as it is. */
    public AccountChange(
            @Nullable Profile profile,
            @Nullable Boolean enabled,
            @Nullable Boolean widevine,
            @Nullable List<AddressRange> networks,
            @Nullable Limit credits,
            @Nullable Long moreCredits,
            @Nullable Limit rate) {
        this(profile, enabled, widevine, networks, credits, moreCredits, rate, null, null);
    }

    /** A change of only the profile. */
    public static AccountChange profile(Profile profile) {
        return new AccountChange(profile, null, null, null, null, null, null);
    }

    /** A change of only {@code enabled}. */
    public static AccountChange enabled(boolean enabled) {
        return new AccountChange(null, enabled, null, null, null, null, null);
    }

    /** A change of only {@code widevine}. */
    public static AccountChange widevine(boolean widevine) {
        return new AccountChange(null, null, widevine, null, null, null, null);
    }

    /** A change of only the credits. */
    public static AccountChange credits(Limit credits) {
        return new AccountChange(null, null, null, null, credits, null, null);
    }

    /** A change of only the rate. */
    public static AccountChange rate(Limit rate) {
        return new AccountChange(null, null, null, null, null, null, rate);
    }

    /** The same change, which also turns packaging on or off, in some environments. */
    public AccountChange withPackaging(boolean on, Set<Environment> environments) {
        return new AccountChange(
                profile,
                enabled,
                widevine,
                networks,
                credits,
                moreCredits,
                rate,
                environments.contains(Environment.PRODUCTION) ? Boolean.valueOf(on) : packaging,
                environments.contains(Environment.TEST) ? Boolean.valueOf(on) : packagingInTest);
    }

    /** A change of only packaging in one environment. */
    public static AccountChange packaging(Environment environment, boolean on) {
        return NOTHING.withPackaging(on, Set.of(environment));
    }

    /** Whether the change is empty. */
    public boolean isNothing() {
        return equals(NOTHING);
    }

    /** The changed properties as {@code name=value} pairs. */
    @Override
    public String toString() {
        return Stream.of(
                        pair("profile", profile == null ? null : profile.label()),
                        pair("enabled", enabled),
                        pair("widevine", widevine),
                        pair("networks", networks == null ? null : AddressRange.join(networks)),
                        pair("credits", credits),
                        pair("add-credits", moreCredits),
                        pair("rate", rate),
                        pair("packaging", packaging),
                        pair("packaging-in-test", packagingInTest))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    private static @Nullable String pair(String name, @Nullable Object value) {
        return value == null ? null : name + "=" + value;
    }
}
