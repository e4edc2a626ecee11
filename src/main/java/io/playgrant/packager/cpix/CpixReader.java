package io.playgrant.packager.cpix;

import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.box.ProtectionScheme;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks requests for keys. The public schema is no help here: it refuses requests that SPEKE prescribes.
 *
 * <p>SPEKE is checked by its own rules. Plain CPIX may leave out whatever the answer does not need.
 */
public final class CpixReader {

    /** The largest document that is read. */
    public static final int MOST_BYTES = XmlParser.MOST_BYTES;

    /** More than ten periods of all track types. */
    private static final int MOST_KEYS = 100;

    private static final int LONGEST_CONTENT_ID = 1024;
    private static final Set<String> VERSIONS = Set.of("2.3", "2.4");
    private static final int IV_BYTES = 16;

    private final XmlElement root;
    private final @Nullable SpekeVersion speke;

    private CpixReader(XmlElement root, @Nullable SpekeVersion speke) {
        this.root = root;
        this.speke = speke;
    }

    /**
     * Reads a request.
     *
     * @param document UTF-8, or UTF-16 with a byte order mark
     * @param speke null for plain CPIX
     * @param now the time at which certificates must be valid
     * @throws CpixException if it is not acceptable
     */
    public static CpixRequest read(byte[] document, @Nullable SpekeVersion speke, Instant now) {
        return read(XmlParser.parse(document), speke, now);
    }

    static CpixRequest read(XmlElement root, @Nullable SpekeVersion speke, Instant now) {
        return new CpixReader(root, speke).request(now);
    }

    private CpixRequest request(Instant now) {
        if (!root.is(Namespace.CPIX, "CPIX")) {
            throw CpixException.of("The root element is not CPIX of the namespace " + Namespace.CPIX.uri());
        }
        String contentId = contentId();
        checkVersion();
        checkUnsupportedParts();
        Map<KeyId, XmlElement> elements = contentKeys();
        Map<KeyId, ProtectionScheme> schemes = schemes(elements);
        DrmSystems.check(root, schemes, speke);
        UsageRules rules = UsageRules.read(root, elements.keySet(), speke);
        List<RequestedKey> keys = new ArrayList<>();
        schemes.forEach((kid, scheme) -> keys.add(
                new RequestedKey(kid, scheme, explicitIv(elements.get(kid)), rules.type(kid), rules.period(kid))));
        return new CpixRequest(root, speke, contentId, keys, Recipient.read(root, now));
    }

    private String contentId() {
        String contentId = root.attribute("contentId");
        if (contentId == null || contentId.isBlank()) {
            throw CpixException.of("Missing CPIX@contentId");
        }
        if (contentId.length() > LONGEST_CONTENT_ID) {
            throw CpixException.of("CPIX@contentId has more than " + LONGEST_CONTENT_ID + " characters");
        }
        if (contentId.chars().anyMatch(Character::isISOControl)) {
            throw CpixException.of("CPIX@contentId contains a control character");
        }
        return contentId;
    }

    /** Plain CPIX had no version before 2.3. */
    private void checkVersion() {
        String version = root.attribute("version");
        if (version == null || version.isBlank()) {
            if (speke != null) {
                throw CpixException.of("Missing CPIX@version");
            }
        } else if (speke == null
                ? !VERSIONS.contains(version)
                : !speke.cpixVersion().equals(version)) {
            throw CpixException.of("Unsupported CPIX@version");
        }
    }

    private void checkUnsupportedParts() {
        if (!root.all(Namespace.SIGNATURE, "Signature").isEmpty()) {
            throw CpixException.of("Signed documents are not supported");
        }
        if (speke != null && !root.all("UpdateHistoryItemList").isEmpty()) {
            throw CpixException.of("SPEKE has no UpdateHistoryItemList");
        }
    }

    private Map<KeyId, XmlElement> contentKeys() {
        Map<KeyId, XmlElement> keys = new LinkedHashMap<>();
        for (XmlElement list : root.all("ContentKeyList")) {
            for (XmlElement key : list.all("ContentKey")) {
                KeyId kid = Uuids.kid(key);
                if (keys.put(kid, key) != null) {
                    throw CpixException.of("ContentKey@kid " + kid.toUuid() + " occurs twice");
                }
                if (keys.size() > MOST_KEYS) {
                    throw CpixException.of("The document has more than " + MOST_KEYS + " ContentKey");
                }
                check(key);
            }
        }
        if (keys.isEmpty()) {
            throw CpixException.of("Missing ContentKey");
        }
        return keys;
    }

    private void check(XmlElement key) {
        if (speke != null && key.attribute("dependsOnKey") != null) {
            throw CpixException.of("SPEKE has no ContentKey@dependsOnKey");
        }
        if (key.all("Data").size() > 1 || !key.all("Data").stream().allMatch(CpixReader::hasNoText)) {
            throw CpixException.of("ContentKey/Data must be empty in a request");
        }
    }

    private static boolean hasNoText(XmlElement element) {
        return element.text().isBlank() && element.elements().allMatch(CpixReader::hasNoText);
    }

    private Map<KeyId, ProtectionScheme> schemes(Map<KeyId, XmlElement> keys) {
        Set<KeyId> fairPlay = DrmSystems.kidsOfFairPlay(root);
        Map<KeyId, ProtectionScheme> schemes = new LinkedHashMap<>();
        keys.forEach((kid, key) -> schemes.put(kid, scheme(key, kid, fairPlay)));
        if (speke != null && schemes.values().stream().distinct().count() > 1) {
            throw CpixException.of("Non compliant ContentKey@commonEncryptionScheme combination");
        }
        return schemes;
    }

    /** Plain CPIX may leave the scheme out. It is then the only one that FairPlay plays, or else the one that every player knows. */
    private ProtectionScheme scheme(XmlElement key, KeyId kid, Set<KeyId> fairPlay) {
        String scheme = key.attribute("commonEncryptionScheme");
        if (scheme == null || scheme.isBlank()) {
            if (speke != null) {
                throw CpixException.of("Missing ContentKey@commonEncryptionScheme for KID " + kid.toUuid());
            }
            return fairPlay.contains(kid) ? ProtectionScheme.CBCS : ProtectionScheme.CENC;
        }
        return ProtectionScheme.ofLabel(scheme)
                .orElseThrow(() ->
                        CpixException.of("Unsupported ContentKey@commonEncryptionScheme for KID " + kid.toUuid()));
    }

    private static Optional<String> explicitIv(@Nullable XmlElement key) {
        String text = key == null ? null : key.attribute("explicitIV");
        if (text == null) {
            return Optional.empty();
        }
        try {
            byte[] iv = Base64.getDecoder().decode(text.strip());
            if (iv.length == IV_BYTES) {
                return Optional.of(HexFormat.of().formatHex(iv));
            }
        } catch (IllegalArgumentException e) {
            // Refused below.
        }
        throw CpixException.of("ContentKey@explicitIV is not base64 of 16 bytes");
    }
}
