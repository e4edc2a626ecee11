package io.playgrant.packager.cpix;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.box.ContentProtection;
import io.playgrant.packager.box.DrmSystem;
import io.playgrant.packager.box.FairPlayUri;
import io.playgrant.packager.box.HlsKeyLines;
import io.playgrant.packager.box.PlayReadyHeader;
import io.playgrant.packager.box.ProtectionScheme;
import io.playgrant.packager.box.PsshBox;
import io.playgrant.packager.box.WidevineData;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The signalling of one key, as the children of {@code DRMSystem} have it: base64. What a system does not have is empty. */
final class Signaling {

    private static final byte[] NO_DATA = {};

    private final RequestedKey requested;
    private final PsshBox widevine;
    private final PlayReadyHeader playReady;

    Signaling(String contentId, RequestedKey requested, ContentKey key) {
        this.requested = requested;
        this.widevine = WidevineData.of(List.of(requested.kid()), requested.scheme())
                .withContent(PackagerKey.PROVIDER, contentId.getBytes(StandardCharsets.UTF_8))
                .withPeriod(requested.period())
                .box();
        this.playReady =
                PlayReadyHeader.of(requested.scheme(), List.of(new PlayReadyHeader.Key(requested.kid(), key)), null);
    }

    /** The text of a child of {@code DRMSystem}, if it is one of those that are known and the system has it. */
    Optional<String> of(DrmSystem system, XmlElement child) {
        if (child.is(Namespace.CPIX, "PSSH")) {
            return box(system).map(PsshBox::base64);
        }
        if (child.is(Namespace.CPIX, "ContentProtectionData")) {
            return contentProtection(system).map(Signaling::base64);
        }
        if (child.is(Namespace.CPIX, "HLSSignalingData")) {
            boolean isMedia = "media".equals(child.attributes().getOrDefault("playlist", "media"));
            return hls(system, isMedia ? HlsKeyLines.Playlist.MEDIA : HlsKeyLines.Playlist.MULTIVARIANT)
                    .map(Signaling::base64);
        }
        if (child.is(Namespace.CPIX, "SmoothStreamingProtectionHeaderData") && system == DrmSystem.PLAYREADY) {
            return Optional.of(playReady.objectBase64());
        }
        return Optional.empty();
    }

    /** Apple defines no box for FairPlay. */
    private Optional<PsshBox> box(DrmSystem system) {
        return switch (system) {
            case WIDEVINE -> Optional.of(widevine);
            case PLAYREADY -> Optional.of(playReady.box());
            case COMMON -> Optional.of(PsshBox.common(List.of(requested.kid())));
            case CLEAR_KEY -> Optional.of(PsshBox.of(system, List.of(requested.kid()), NO_DATA));
            case FAIRPLAY -> Optional.empty();
        };
    }

    private Optional<String> contentProtection(DrmSystem system) {
        return system == DrmSystem.PLAYREADY
                ? Optional.of(ContentProtection.contentOf(playReady))
                : box(system).map(ContentProtection::contentOf);
    }

    /** Whether there are lines for HLS, which has only cenc and cbcs. Clear Key has none that does not contain the key. */
    static boolean hasHls(DrmSystem system, ProtectionScheme scheme) {
        return switch (system) {
            case WIDEVINE, PLAYREADY -> scheme == ProtectionScheme.CENC || scheme == ProtectionScheme.CBCS;
            case FAIRPLAY -> scheme == ProtectionScheme.CBCS;
            case COMMON, CLEAR_KEY -> false;
        };
    }

    private Optional<String> hls(DrmSystem system, HlsKeyLines.Playlist playlist) {
        if (!hasHls(system, requested.scheme())) {
            return Optional.empty();
        }
        HlsKeyLines lines = new HlsKeyLines(playlist, requested.scheme());
        return switch (system) {
            case WIDEVINE -> Optional.of(lines.widevine(requested.kid(), widevine));
            case PLAYREADY -> Optional.of(lines.playReady(playReady));
            case FAIRPLAY -> Optional.of(lines.fairPlay(fairPlayUri()));
            case COMMON, CLEAR_KEY -> Optional.empty();
        };
    }

    private String fairPlayUri() {
        String uri = FairPlayUri.ofUuid(requested.kid());
        return requested.explicitIv().map(iv -> uri + ":" + iv).orElse(uri);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
