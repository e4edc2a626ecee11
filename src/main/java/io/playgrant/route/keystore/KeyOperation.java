package io.playgrant.route.keystore;

/** The operations of the key storage over HTTP (protocol section 6). */
enum KeyOperation {
    CREATE,
    UPDATE,
    READ,
    READ_VALUES,
    LIST,
    DELETE,
    COUNT
}
