package io.playgrant.cli.pssh;

import io.playgrant.cli.terminal.LowerCaseEnum;
import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.box.DrmSystem;
import io.playgrant.packager.box.PlayReadyHeader;
import io.playgrant.packager.box.ProtectionScheme;
import io.playgrant.packager.box.PsshBox;
import io.playgrant.packager.box.WidevineData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The DRM systems for which the command makes boxes. */
enum BoxSystem {
    WIDEVINE(DrmSystem.WIDEVINE),
    PLAYREADY(DrmSystem.PLAYREADY),
    COMMON(DrmSystem.COMMON);

    private final DrmSystem system;

    BoxSystem(DrmSystem system) {
        this.system = system;
    }

    /** Reads the name of a system. */
    static final class Converter extends LowerCaseEnum<BoxSystem> {

        Converter() {
            super(BoxSystem.class);
        }
    }

    DrmSystem system() {
        return system;
    }

    PsshBox box(List<KeyId> kids, ProtectionScheme scheme, @Nullable String contentId) {
        return switch (this) {
            case WIDEVINE -> widevine(kids, scheme, contentId).box();
            // Without the keys, the header has no checksums, which are optional.
            case PLAYREADY ->
                PlayReadyHeader.of(
                                scheme,
                                kids.stream()
                                        .map(kid -> new PlayReadyHeader.Key(kid, null))
                                        .toList(),
                                null)
                        .box();
            case COMMON -> PsshBox.common(kids);
        };
    }

    private static WidevineData widevine(List<KeyId> kids, ProtectionScheme scheme, @Nullable String contentId) {
        WidevineData data = WidevineData.of(kids, scheme);
        return contentId == null
                ? data
                : data.withContent(PackagerKey.PROVIDER, contentId.getBytes(StandardCharsets.UTF_8));
    }
}
