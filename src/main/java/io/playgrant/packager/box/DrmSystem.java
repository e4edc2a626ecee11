package io.playgrant.packager.box;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** The DRM systems that can be signalled, with their ids from the registry of DASH-IF. */
public enum DrmSystem {
    WIDEVINE("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"),
    PLAYREADY("9a04f079-9840-4286-ab92-e65be0885f95"),
    FAIRPLAY("94ce86fb-07ff-4f43-adb8-93d2fa968ca2"),
    /** The system of the W3C, which only lists key ids. */
    COMMON("1077efec-c0b2-4d02-ace3-3c1e52e2fb4b"),
    /** Clear Key in DASH manifests. */
    CLEAR_KEY("e2719d58-a985-b3c9-781a-b030af78d30e");

    private final UUID id;

    DrmSystem(String id) {
        this.id = UUID.fromString(id);
    }

    /** The system with an id; empty if it is another one. */
    public static Optional<DrmSystem> of(UUID id) {
        return Arrays.stream(values()).filter(system -> system.id.equals(id)).findFirst();
    }

    /** The id of the system. */
    public UUID id() {
        return id;
    }
}
