package io.playgrant.route;

/**
 * The ports on which a server listens.
 *
 * @param http the port of the service
 * @param management the port of health and metrics
 */
public record Ports(int http, int management) {}
