package io.playgrant.account;

import java.util.List;

/**
 * The properties of an account to create.
 *
 * @param name its name for the operator; 1 to 200 characters
 * @param profile the rules of its requests
 * @param networks the networks of its callers; any if empty
 * @param credits the number of tokens that it may obtain
 * @param rate the number of tokens per second that each node issues to it
 */
public record NewAccount(String name, Profile profile, List<AddressRange> networks, Limit credits, Limit rate) {

    /** As {@code name=value} pairs. */
    @Override
    public String toString() {
        return "name=" + name + " profile=" + profile.label() + " networks=" + AddressRange.join(networks) + " credits="
                + credits + " rate=" + rate;
    }
}
