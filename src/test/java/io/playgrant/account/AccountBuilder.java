package io.playgrant.account;

import java.util.List;

/** An account as the database keeps it: enabled, and without a limit, until something about it is changed. */
public final class AccountBuilder {

    private long number = 1001;
    private Profile profile = Profile.STRICT;
    private List<AddressRange> networks = List.of();
    private Limit rate = Limit.NONE;

    public AccountBuilder number(long some) {
        number = some;
        return this;
    }

    public AccountBuilder profile(Profile some) {
        profile = some;
        return this;
    }

    public AccountBuilder networks(List<AddressRange> some) {
        networks = some;
        return this;
    }

    public AccountBuilder rate(Limit some) {
        rate = some;
        return this;
    }

    public Account build() {
        return new Account(number, "N", profile, true, true, networks, Limit.NONE, rate, 1, List.of());
    }
}
