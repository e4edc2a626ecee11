package io.playgrant.packager.cpix;

/** The namespaces of CPIX documents, with their usual prefixes. */
enum Namespace {
    CPIX("cpix", "urn:dashif:org:cpix"),
    PSKC("pskc", "urn:ietf:params:xml:ns:keyprov:pskc"),
    SIGNATURE("ds", "http://www.w3.org/2000/09/xmldsig#"),
    ENCRYPTION("enc", "http://www.w3.org/2001/04/xmlenc#");

    private final String prefix;
    private final String uri;

    Namespace(String prefix, String uri) {
        this.prefix = prefix;
        this.uri = uri;
    }

    String prefix() {
        return prefix;
    }

    String uri() {
        return uri;
    }
}
