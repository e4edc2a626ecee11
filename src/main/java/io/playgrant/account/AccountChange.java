package io.playgrant.account;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of an account; null for what stays.
 *
 * @param profile the rules of its requests
 * @param enabled whether it may do anything
 * @param widevine whether it may ask for Widevine tokens
 * @param networks where its callers may be; anywhere if empty
 * @param credits how many tokens it may be given from now on
 * @param moreCredits how many more tokens it may be given; only for an account with a limit
 * @param rate how many tokens a node gives it in a second
 */
public record AccountChange(
        @Nullable Profile profile,
        @Nullable Boolean enabled,
        @Nullable Boolean widevine,
        @Nullable List<AddressRange> networks,
        @Nullable Limit credits,
        @Nullable Long moreCredits,
        @Nullable Limit rate) {

    private static final AccountChange NOTHING = new AccountChange(null, null, null, null, null, null, null);

    /** Of the rules of its requests only. */
    public static AccountChange profile(Profile profile) {
        return new AccountChange(profile, null, null, null, null, null, null);
    }

    /** Of whether it may do anything only. */
    public static AccountChange enabled(boolean enabled) {
        return new AccountChange(null, enabled, null, null, null, null, null);
    }

    /** Of whether it may ask for Widevine tokens only. */
    public static AccountChange widevine(boolean widevine) {
        return new AccountChange(null, null, widevine, null, null, null, null);
    }

    /** Of how many tokens it may be given only. */
    public static AccountChange credits(Limit credits) {
        return new AccountChange(null, null, null, null, credits, null, null);
    }

    /** Of how many tokens a node gives it in a second only. */
    public static AccountChange rate(Limit rate) {
        return new AccountChange(null, null, null, null, null, null, rate);
    }

    /** Whether nothing is to change. */
    public boolean isNothing() {
        return equals(NOTHING);
    }

    /** What is to change, as {@code name=value} pairs. */
    @Override
    public String toString() {
        return Stream.of(
                        pair("profile", profile == null ? null : profile.label()),
                        pair("enabled", enabled),
                        pair("widevine", widevine),
                        pair("networks", networks == null ? null : AddressRange.join(networks)),
                        pair("credits", credits),
                        pair("add-credits", moreCredits),
                        pair("rate", rate))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    private static @Nullable String pair(String name, @Nullable Object value) {
        return value == null ? null : name + "=" + value;
    }
}
