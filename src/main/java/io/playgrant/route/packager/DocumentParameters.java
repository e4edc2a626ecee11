package io.playgrant.route.packager;

import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.packager.box.DrmSystem;
import io.playgrant.packager.box.ProtectionScheme;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parameters of GET requests: which keys, and how the answer signals them. */
final class DocumentParameters {

    /** The refusal of a request for keys that do not exist. */
    static final String NO_KEY = "no key is held for this; a packager asks for keys with POST first";

    private static final int MOST_KIDS = 100;
    private static final Pattern KID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Map<String, DrmSystem> SYSTEMS = Map.of(
            "widevine", DrmSystem.WIDEVINE,
            "playready", DrmSystem.PLAYREADY,
            "fairplay", DrmSystem.FAIRPLAY,
            "common", DrmSystem.COMMON);

    private DocumentParameters() {}

    /** The key ids of {@code kid}, separated by commas; none if it is absent. */
    static List<KeyId> kids(PackagerCall call) {
        String text = call.text("kid");
        if (text == null) {
            return List.of();
        }
        List<KeyId> kids = Arrays.stream(text.split(",", -1))
                .map(DocumentParameters::kid)
                .distinct()
                .toList();
        if (kids.size() > MOST_KIDS) {
            throw TokenException.of(ErrorCode.BAD_REQUEST, "kid names at most " + MOST_KIDS + " keys");
        }
        return kids;
    }

    private static KeyId kid(String text) {
        String digits = text.replace("-", "");
        if (!KID.matcher(digits).matches()) {
            throw TokenException.of(ErrorCode.BAD_REQUEST, "kid must be 32 hexadecimal digits, or a UUID");
        }
        return KeyId.ofHex(digits);
    }

    /** The {@code scheme}; cenc if it is absent. */
    static ProtectionScheme scheme(PackagerCall call) {
        String label = call.text("scheme");
        return label == null
                ? ProtectionScheme.CENC
                : ProtectionScheme.ofLabel(label)
                        .orElseThrow(() ->
                                TokenException.of(ErrorCode.BAD_REQUEST, "scheme must be cenc, cens, cbc1 or cbcs"));
    }

    /** The systems of {@code drm}, separated by commas; Widevine if it is absent. */
    static List<DrmSystem> systems(PackagerCall call) {
        String names = call.text("drm");
        List<DrmSystem> systems = Arrays.stream((names == null ? "widevine" : names).split(",", -1))
                .map(DocumentParameters::system)
                .distinct()
                .toList();
        if (systems.contains(DrmSystem.FAIRPLAY) && scheme(call) != ProtectionScheme.CBCS) {
            throw TokenException.of(ErrorCode.BAD_REQUEST, "drm=fairplay needs scheme=cbcs");
        }
        return systems;
    }

    private static DrmSystem system(String name) {
        return Optional.ofNullable(SYSTEMS.get(name))
                .orElseThrow(() -> TokenException.of(
                        ErrorCode.BAD_REQUEST, "drm must name some of widevine, playready, fairplay and common"));
    }
}
