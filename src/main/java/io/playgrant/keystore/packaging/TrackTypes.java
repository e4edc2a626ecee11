package io.playgrant.keystore.packaging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The track types of tokens for the types of packagers. */
final class TrackTypes {

    private static final int SD = 0;
    private static final int HD = 1;
    private static final int AUDIO = 2;
    private static final int UHD1 = 3;
    private static final int UHD2 = 4;

    private static final List<String> NAMES = List.of("SD", "HD", "AUDIO", "UHD1", "UHD2");

    private TrackTypes() {}

    /**
     * The track type of tokens.
     *
     * @param type a type of a packager, or several joined by {@code +}
     * @return null if tokens have none for it, or if there are several
     */
    static @Nullable Integer of(String type) {
        Integer found = null;
        for (String part : type.split("\\+", -1)) {
            Integer one = ofOne(part);
            if (one == null || (found != null && !found.equals(one))) {
                return null;
            }
            found = one;
        }
        return found;
    }

    /** The name of a track type of tokens; empty if it is unknown. */
    static String name(@Nullable Integer trackType) {
        return trackType == null || trackType >= NAMES.size() ? "" : NAMES.get(trackType);
    }

    private static @Nullable Integer ofOne(String type) {
        if (type.contains("AUDIO")) {
            return AUDIO;
        }
        return switch (type) {
            case "SD" -> SD;
            case "UHD", "UHD1" -> UHD1;
            case "UHD2" -> UHD2;
            default -> type.startsWith("HD") ? Integer.valueOf(HD) : null;
        };
    }
}
