package io.playgrant.console.api;

import io.playgrant.app.Application;
import io.playgrant.console.api.call.ApiException;
import io.playgrant.console.api.call.Input;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyFields;
import io.playgrant.view.TokenText;
import java.util.Locale;
import java.util.Optional;

/** Members and parameters that several operations have. */
final class Inputs {

    private Inputs() {}

    /** A token, or the licence URL that contains it. */
    static Optional<String> token(Input input, String name) {
        return input.read(
                name,
                text -> {
                    try {
                        return Optional.of(TokenText.of(text)).filter(token -> !token.isEmpty());
                    } catch (IllegalArgumentException e) {
                        return Optional.empty();
                    }
                },
                "must be one token, or a licence URL with an ExpressPlayToken, without other text");
    }

    /**
     * Refuses what the storage ring must wrap, if there is none. Without a shared database, the first held key creates it.
     *
     * @throws ApiException if there is none
     */
    static void requireStorageRing(Application application) {
        if (application.settings().database().isPresent()
                && application.storageRing().refreshed().isEmpty()) {
            throw ApiException.conflict(
                    "There is no storage ring. Create it with ring init --storage, and copy it to all servers");
        }
    }

    /** The id of a token. */
    static Optional<String> tokenId(Input input, String name) {
        return input.read(
                name,
                text -> text.matches("[0-9A-Fa-f]{32}") ? Optional.of(text.toLowerCase(Locale.ROOT)) : Optional.empty(),
                "must be 32 hexadecimal digits");
    }

    /** The id of a key. */
    static Optional<KeyId> kid(Input input, String name) {
        return input.read(
                name,
                text -> {
                    try {
                        return Optional.of(KeyFields.readKid(name, text));
                    } catch (TokenException e) {
                        return Optional.empty();
                    }
                },
                "must be 32 hexadecimal digits, or ^ and 1 to 64 characters");
    }
}
