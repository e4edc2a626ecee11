package io.playgrant.packager.cpix;

import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.box.DrmSystem;
import io.playgrant.packager.box.ProtectionScheme;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks the DRM systems for which a document asks. */
final class DrmSystems {

    private static final Set<String> PLAYLISTS = Set.of("media", "master", "multiVariant");
    private static final List<String> ONCE =
            List.of("PSSH", "ContentProtectionData", "SmoothStreamingProtectionHeaderData");

    private final XmlElement root;
    private final @Nullable SpekeVersion speke;
    private final Set<String> pairs = new HashSet<>();

    private DrmSystems(XmlElement root, @Nullable SpekeVersion speke) {
        this.root = root;
        this.speke = speke;
    }

    /**
     * Checks the systems.
     *
     * @param schemes of the document's keys
     */
    static void check(XmlElement root, Map<KeyId, ProtectionScheme> schemes, @Nullable SpekeVersion speke) {
        new DrmSystems(root, speke).check(schemes);
    }

    /** The keys that FairPlay shall protect. */
    static Set<KeyId> kidsOfFairPlay(XmlElement root) {
        Set<KeyId> kids = new HashSet<>();
        for (XmlElement list : root.all("DRMSystemList")) {
            for (XmlElement system : list.all("DRMSystem")) {
                if (Uuids.systemId(system).equals(DrmSystem.FAIRPLAY.id())) {
                    kids.add(Uuids.kid(system));
                }
            }
        }
        return kids;
    }

    private void check(Map<KeyId, ProtectionScheme> schemes) {
        List<XmlElement> lists = root.all("DRMSystemList");
        if (lists.isEmpty() && speke != null) {
            throw CpixException.of("Missing DRMSystemList");
        }
        for (XmlElement list : lists) {
            for (XmlElement system : list.all("DRMSystem")) {
                check(system, schemes);
            }
        }
    }

    private void check(XmlElement system, Map<KeyId, ProtectionScheme> schemes) {
        KeyId kid = Uuids.kid(system);
        ProtectionScheme scheme = schemes.get(kid);
        if (scheme == null) {
            throw CpixException.of("DRMSystem@kid " + kid.toUuid() + " names no ContentKey");
        }
        UUID systemId = Uuids.systemId(system);
        if (!pairs.add(kid + " " + systemId)) {
            throw CpixException.of("DRMSystem " + systemId + " occurs twice for KID " + kid.toUuid());
        }
        if (speke != null && DrmSystem.of(systemId).isEmpty()) {
            throw CpixException.of("Unsupported DRMSystem@systemId " + systemId);
        }
        if (systemId.equals(DrmSystem.FAIRPLAY.id()) && scheme != ProtectionScheme.CBCS) {
            throw CpixException.of("ContentKey@commonEncryptionScheme non compatible with DRMSystem " + systemId);
        }
        checkChildren(system);
    }

    private void checkChildren(XmlElement system) {
        for (String name : ONCE) {
            if (system.all(name).size() > 1) {
                throw CpixException.of("DRMSystem has two elements " + name);
            }
        }
        Set<String> playlists = new HashSet<>();
        for (XmlElement signaling : system.all("HLSSignalingData")) {
            String playlist = signaling.attribute("playlist");
            if (!isKnown(playlist)) {
                throw CpixException.of("Unsupported HLSSignalingData@playlist");
            }
            if (!playlists.add(playlist == null ? "media" : playlist)) {
                throw CpixException.of("DRMSystem has two elements HLSSignalingData of the same playlist");
            }
        }
    }

    /** Plain CPIX may use either name of the upper playlist, or no attribute, which means the media playlist. */
    private boolean isKnown(@Nullable String playlist) {
        if (speke == null) {
            return playlist == null || PLAYLISTS.contains(playlist);
        }
        return "media".equals(playlist) || speke.upperPlaylist().equals(playlist);
    }
}
