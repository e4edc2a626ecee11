package io.playgrant.operator;

import java.time.Instant;

/**
 * Someone who may use the console and the admin API.
 *
 * @param id the number in the database
 * @param name the name, which is unique without regard to case
 * @param role the rights
 * @param enabled whether the operator may use anything
 * @param createdAt when the operator was created
 * @param revision increases with each change, also of the password and the API token
 */
public record Operator(long id, String name, Role role, boolean enabled, Instant createdAt, long revision) {

    /**
     * The operator as the author of changes in the audit.
     *
     * @param address where the operator's request comes from
     */
    public String at(String address) {
        return "operator " + name + " from " + address;
    }
}
