package io.playgrant.route.keystore;

/** What can be asked of the key storage over HTTP (protocol section 6). */
enum KeyOperation {
    CREATE,
    UPDATE,
    READ,
    READ_VALUES,
    LIST,
    DELETE,
    COUNT
}
