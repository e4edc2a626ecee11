package io.playgrant.license;

import java.util.Locale;

/** The service that makes the licences of an environment. */
public enum LicenseService {
    /** None: tokens are issued, and not redeemed. */
    NONE,
    /** Google's licence service for Widevine. */
    WIDEVINE_CLOUD,
    /** Clear Key: the content keys without protection, for development and tests. */
    CLEAR_KEY;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in settings, records and metrics. */
    public String label() {
        return label;
    }
}
