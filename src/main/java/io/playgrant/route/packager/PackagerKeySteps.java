package io.playgrant.route.packager;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.packaging.PackagingException;
import io.playgrant.storage.StorageException;
import java.util.function.Supplier;

/** What the dialects have in common when they ask for keys. */
final class PackagerKeySteps {

    private PackagerKeySteps() {}

    /**
     * Asks for keys.
     *
     * @throws TokenException 503 if the database is unreachable
     */
    static <T> T ask(Supplier<T> work) {
        try {
            return work.get();
        } catch (StorageException e) {
            throw unreachable(e);
        }
    }

    /**
     * Asks for keys that exist.
     *
     * @throws TokenException 404 if a key cannot be had, 400 if there are too many, 503 if the database is unreachable
     */
    static <T> T askKnown(Supplier<T> work) {
        try {
            return ask(work);
        } catch (PackagingException e) {
            ErrorCode code =
                    e.reason() == PackagingException.Reason.TOO_MANY_KEYS ? ErrorCode.BAD_REQUEST : ErrorCode.NOT_FOUND;
            throw TokenException.of(code, String.valueOf(e.getMessage()));
        }
    }

    static TokenException unreachable(StorageException failure) {
        return TokenException.of(ErrorCode.ADMIN_ERROR, "the key storage is out of reach, try again later")
                .because(String.valueOf(failure.getMessage()));
    }
}
