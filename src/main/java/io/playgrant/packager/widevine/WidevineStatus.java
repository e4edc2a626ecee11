package io.playgrant.packager.widevine;

/**
 * The status of an answer. Packagers of this dialect understand these names only. {@code INTERNAL_ERROR} is left out on purpose: Shaka
 * Packager then repeats the request and fails at the second answer, even at a right one.
 */
public enum WidevineStatus {
    OK,
    /** The signature is missing or wrong, or its signer is unknown. */
    SIGNATURE_FAILED,
    /** The account may not get keys. */
    ACCESS_DENIED,
    /** The request is no such request, or asks for what Playgrant does not do. */
    MALFORMED_REQUEST,
    CONTENT_ID_MISSING,
    /** Both a content id and a box. */
    TOO_MANY_CONTENT_SPECIFIERS,
    /** A box without key ids, or one that cannot be read. */
    INVALID_WIDEVINE_PSSH,
    TRACK_TYPE_MISSING,
    TRACK_TYPE_UNKNOWN,
    /** No crypto periods, or more than are allowed. */
    NO_REQUESTED_CRYPTO_PERIODS,
    /** There is no key with a key id of the box. */
    ASSET_NOT_FOUND
}
