package io.playgrant.packager.cpix;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.box.DrmSystem;
import io.playgrant.packager.box.ProtectionScheme;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Documents for packagers that ask without one: a request of plain CPIX 2.3 for all that the systems have is made here, and answered like
 * any other. Usage rules have track types only, because Shaka Packager refuses most filters.
 */
public final class CpixDocument {

    private static final String VERSION = "2.3";

    /** No certificate is checked: the documents have none. */
    private static final Instant NEVER = Instant.EPOCH;

    private final List<PackagerKey> keys;
    private final ProtectionScheme scheme;
    private final List<DrmSystem> systems;

    private CpixDocument(List<PackagerKey> keys, ProtectionScheme scheme, List<DrmSystem> systems) {
        this.keys = keys;
        this.scheme = scheme;
        this.systems = systems;
    }

    /**
     * A document with keys.
     *
     * @param systems each once
     * @return a document in UTF-8; the caller must not log it
     * @throws CpixException if there is no key, if there are more than 100, or if FairPlay is wanted for another scheme than cbcs
     */
    public static byte[] of(
            String contentId, List<PackagerKey> keys, ProtectionScheme scheme, List<DrmSystem> systems) {
        XmlElement root = new CpixDocument(keys, scheme, systems).request(contentId);
        Map<KeyId, ContentKey> byKid = new HashMap<>();
        keys.forEach(key -> byKid.put(key.kid(), key.key()));
        CpixRequest request = CpixReader.read(root, null, NEVER);
        return CpixWriter.answer(request, byKid, DeliveredKeys.inClear());
    }

    private XmlElement request(String contentId) {
        XmlElement root = XmlElement.root(Namespace.CPIX, "CPIX", Namespace.PSKC)
                .with("contentId", contentId)
                .with("version", VERSION)
                .append(Namespace.CPIX, "ContentKeyList", this::contentKeys)
                .append(Namespace.CPIX, "DRMSystemList", this::drmSystems);
        if (keys.stream().anyMatch(key -> key.period().isPresent())) {
            root = root.append(Namespace.CPIX, "ContentKeyPeriodList", this::periods);
        }
        return keys.stream().anyMatch(key -> !key.type().isEmpty())
                ? root.append(Namespace.CPIX, "ContentKeyUsageRuleList", this::rules)
                : root;
    }

    private XmlElement contentKeys(XmlElement list) {
        XmlElement filled = list;
        for (PackagerKey key : keys) {
            filled = filled.append(
                    Namespace.CPIX,
                    "ContentKey",
                    element -> element.with("kid", uuid(key)).with("commonEncryptionScheme", scheme.label()));
        }
        return filled;
    }

    private XmlElement drmSystems(XmlElement list) {
        XmlElement filled = list;
        for (PackagerKey key : keys) {
            for (DrmSystem system : systems) {
                filled = filled.append(
                        Namespace.CPIX,
                        "DRMSystem",
                        element -> children(
                                element.with("kid", uuid(key))
                                        .with("systemId", system.id().toString()),
                                system));
            }
        }
        return filled;
    }

    /** The children that the system has, in the order of the schema. */
    private XmlElement children(XmlElement element, DrmSystem system) {
        XmlElement filled = element;
        if (system != DrmSystem.FAIRPLAY) {
            filled = filled.append(Namespace.CPIX, "PSSH", pssh -> pssh)
                    .append(Namespace.CPIX, "ContentProtectionData", data -> data);
        }
        if (Signaling.hasHls(system, scheme)) {
            filled = filled.append(Namespace.CPIX, "HLSSignalingData", data -> data.with("playlist", "media"))
                    .append(Namespace.CPIX, "HLSSignalingData", data -> data.with("playlist", "master"));
        }
        return system == DrmSystem.PLAYREADY
                ? filled.append(Namespace.CPIX, "SmoothStreamingProtectionHeaderData", data -> data)
                : filled;
    }

    private XmlElement periods(XmlElement list) {
        XmlElement filled = list;
        for (long index : keys.stream()
                .flatMapToLong(key -> key.period().stream())
                .distinct()
                .toArray()) {
            filled = filled.append(
                    Namespace.CPIX,
                    "ContentKeyPeriod",
                    period -> period.with("id", periodId(index)).with("index", String.valueOf(index)));
        }
        return filled;
    }

    private XmlElement rules(XmlElement list) {
        boolean isForShaka = hasDistinctShakaTypes();
        XmlElement filled = list;
        for (PackagerKey key : keys) {
            Set<String> types =
                    isForShaka || key.type().isEmpty() ? ShakaTrackTypes.of(key.type()) : Set.of(key.type());
            for (String type : types) {
                filled = filled.append(Namespace.CPIX, "ContentKeyUsageRule", rule -> rule(rule, key, type));
            }
        }
        return filled;
    }

    private static XmlElement rule(XmlElement element, PackagerKey key, String type) {
        XmlElement rule = element.with("kid", uuid(key)).with("intendedTrackType", type);
        return key.period().isEmpty()
                ? rule
                : rule.append(
                        Namespace.CPIX,
                        "KeyPeriodFilter",
                        filter -> filter.with("periodId", periodId(key.period().getAsLong())));
    }

    /** If two keys of one period would have the same type for Shaka Packager, it cannot use them; others can, by their own types. */
    private boolean hasDistinctShakaTypes() {
        Set<String> seen = new HashSet<>();
        return keys.stream()
                .allMatch(key ->
                        ShakaTrackTypes.of(key.type()).stream().allMatch(type -> seen.add(key.period() + " " + type)));
    }

    private static String uuid(PackagerKey key) {
        return key.kid().toUuid().toString();
    }

    private static String periodId(long index) {
        return "period_" + index;
    }
}
