package io.playgrant.packager.cpix;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The track types that Shaka Packager knows, for those that packagers name. It refuses documents with others.
 */
final class ShakaTrackTypes {

    private static final List<String> VIDEO = List.of("SD", "HD", "UHD1", "UHD2");

    private ShakaTrackTypes() {}

    /** The track types for one of a packager, or several joined by {@code +}. A type that has no counterpart stays as it is. */
    static Set<String> of(String type) {
        Set<String> types = new LinkedHashSet<>();
        for (String one : type.split("\\+", -1)) {
            switch (one) {
                case "" -> {}
                case "ALL" -> {
                    types.addAll(VIDEO);
                    types.add("AUDIO");
                }
                case "VIDEO" -> types.addAll(VIDEO);
                case "HD1", "HD2" -> types.add("HD");
                case "UHD" -> types.add("UHD1");
                case "STEREO_AUDIO" -> types.add("AUDIO");
                default -> types.add(one.startsWith("MULTICHANNEL_AUDIO") ? "AUDIO" : one);
            }
        }
        return types;
    }
}
