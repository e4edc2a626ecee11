package io.playgrant.config;

/** Host and port as URLs write them: an IPv6 address in brackets (RFC 3986), the percent sign before its zone encoded (RFC 6874). */
public final class Authority {

    private Authority() {}

    /** A host with a port. */
    public static String of(String host, int port) {
        return ofHost(host) + ":" + port;
    }

    /** A host without a port. */
    public static String ofHost(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host.replace("%", "%25") + "]";
    }
}
