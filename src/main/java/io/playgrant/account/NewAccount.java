package io.playgrant.account;

import java.util.List;

/**
 * An account to be made.
 *
 * @param name what people call it; 1 to 200 characters
 * @param profile the rules of its requests
 * @param networks where its callers may be; anywhere if empty
 * @param credits how many tokens it may be given
 * @param rate how many tokens a node gives it in a second
 */
public record NewAccount(String name, Profile profile, List<AddressRange> networks, Limit credits, Limit rate) {

    /** As {@code name=value} pairs. */
    @Override
    public String toString() {
        return "name=" + name + " profile=" + profile.label() + " networks=" + AddressRange.join(networks) + " credits="
                + credits + " rate=" + rate;
    }
}
