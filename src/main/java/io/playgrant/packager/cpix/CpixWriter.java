package io.playgrant.packager.cpix;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.box.DrmSystem;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers requests for keys: the answer is the request with its empty elements filled, and nothing added but the keys. */
public final class CpixWriter {

    private final CpixRequest request;
    private final Map<KeyId, ContentKey> keys;
    private final Map<KeyId, Signaling> signaling = new HashMap<>();

    private CpixWriter(CpixRequest request, Map<KeyId, ContentKey> keys) {
        this.request = request;
        this.keys = keys;
        for (RequestedKey requested : request.keys()) {
            signaling.put(requested.kid(), new Signaling(request.contentId(), requested, key(requested.kid())));
        }
    }

    /**
     * Answers a request.
     *
     * @param keys of all kids of the request
     * @return a document in UTF-8; the caller must not log it
     */
    public static byte[] answer(CpixRequest request, Map<KeyId, ContentKey> keys, SecureRandom random) {
        try (DeliveredKeys delivered =
                request.isEncrypted() ? DeliveredKeys.encrypted(random) : DeliveredKeys.inClear()) {
            return answer(request, keys, delivered);
        }
    }

    static byte[] answer(CpixRequest request, Map<KeyId, ContentKey> keys, DeliveredKeys delivered) {
        return XmlWriter.write(new CpixWriter(request, keys).fill(delivered));
    }

    private XmlElement fill(DeliveredKeys delivered) {
        Iterator<Recipient> recipients = request.recipients().iterator();
        return request.root()
                .replaceEach(
                        "DeliveryDataList",
                        list -> list.replaceEach("DeliveryData", data -> delivered.fill(data, recipients.next())))
                .replaceEach(
                        "ContentKeyList",
                        list -> list.replaceEach("ContentKey", key -> delivered.fill(key, key(Uuids.kid(key)))))
                .replaceEach("DRMSystemList", list -> list.replaceEach("DRMSystem", this::fill));
    }

    private XmlElement fill(XmlElement drmSystem) {
        Optional<DrmSystem> system = DrmSystem.of(Uuids.systemId(drmSystem));
        Signaling ofKey = signaling.get(Uuids.kid(drmSystem));
        if (system.isEmpty() || ofKey == null) {
            return drmSystem;
        }
        return drmSystem.replaceEach(child -> List.of(
                child.isEmpty()
                        ? ofKey.of(system.get(), child).map(child::withText).orElse(child)
                        : child));
    }

    private ContentKey key(KeyId kid) {
        ContentKey key = keys.get(kid);
        if (key == null) {
            throw new IllegalArgumentException("no key for " + kid);
        }
        return key;
    }
}
