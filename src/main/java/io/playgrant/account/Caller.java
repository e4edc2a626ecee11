package io.playgrant.account;

/**
 * An account that has proved who it is.
 *
 * @param account the account
 * @param environment that of the authenticator it used
 */
public record Caller(Account account, Environment environment) {}
