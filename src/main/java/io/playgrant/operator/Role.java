package io.playgrant.operator;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The rights of an operator. Each role includes those before it. */
public enum Role {
    /** Reads everything. */
    VIEWER,
    /** Also explains, issues and revokes tokens. */
    SUPPORT,
    /** Also changes everything else. */
    ADMIN;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Its name in the database, in JSON and on the command line. */
    public String label() {
        return label;
    }

    /** Whether this role has at least the rights of another. */
    public boolean includes(Role least) {
        return compareTo(least) >= 0;
    }

    /** The role with this label. */
    public static Optional<Role> of(String label) {
        return Stream.of(values()).filter(role -> role.label.equals(label)).findFirst();
    }
}
