package io.playgrant.console.http;

/**
 * Where a request comes from, in front of all trusted proxies.
 *
 * @param address the address of the client
 * @param isSecure whether the client uses TLS
 * @param authority the host, with its port if any, that the client named; empty if none
 */
record ClientOrigin(String address, boolean isSecure, String authority) {}
