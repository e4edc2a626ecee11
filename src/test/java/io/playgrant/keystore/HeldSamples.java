package io.playgrant.keystore;

import io.playgrant.app.Application;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKeys.Owner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Held keys of an installation, for tests of what uses them. */
public final class HeldSamples {

    private HeldSamples() {}

    /** Has the service hold a key. */
    public static void hold(
            Application application,
            Owner owner,
            KeyId kid,
            String key,
            @Nullable String contentId,
            @Nullable Integer trackType) {
        hold(application, owner, kid, key, contentId, trackType, null);
    }

    /** Has the service hold a key until a time. */
    public static void hold(
            Application application,
            Owner owner,
            KeyId kid,
            String key,
            @Nullable String contentId,
            @Nullable Integer trackType,
            @Nullable Instant expiration) {
        String ring = application.heldKeys().activeId();
        application
                .storedKeys()
                .create(
                        owner,
                        new StoredKey(
                                kid,
                                application.heldKeys().wrap(ContentKey.ofHex(key), ring),
                                "",
                                null,
                                contentId,
                                expiration,
                                Instant.now(),
                                ring,
                                trackType));
    }
}
