package io.playgrant.packager.cpix;

import io.playgrant.contentkey.KeyId;
import java.util.UUID;
import java.util.regex.Pattern;

/** Key ids and system ids as CPIX writes them: UUIDs with dashes. */
final class Uuids {

    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Uuids() {}

    /** The system id of an element {@code DRMSystem}. */
    static UUID systemId(XmlElement element) {
        return read(element, "systemId");
    }

    /** The key id in an element's attribute {@code kid}. */
    static KeyId kid(XmlElement element) {
        return KeyId.ofHex(read(element, "kid").toString().replace("-", ""));
    }

    /** {@link UUID#fromString} also takes shorter texts. */
    private static UUID read(XmlElement element, String attribute) {
        String text = element.attribute(attribute);
        if (text == null || !FORM.matcher(text).matches()) {
            throw CpixException.of(element.localName() + "@" + attribute + " is not a UUID");
        }
        return UUID.fromString(text);
    }
}
