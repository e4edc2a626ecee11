package io.playgrant.account;

/**
 * An authenticated account.
 *
 * @param account the account
 * @param environment the environment of the authenticator that it used
 */
public record Caller(Account account, Environment environment) {}
