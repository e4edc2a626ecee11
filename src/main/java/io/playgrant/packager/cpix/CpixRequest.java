package io.playgrant.packager.cpix;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A checked request for keys, with the document that its answer fills in. */
public final class CpixRequest {

    private final XmlElement root;
    private final @Nullable SpekeVersion speke;
    private final String contentId;
    private final List<RequestedKey> keys;
    private final List<Recipient> recipients;

    CpixRequest(
            XmlElement root,
            @Nullable SpekeVersion speke,
            String contentId,
            List<RequestedKey> keys,
            List<Recipient> recipients) {
        this.root = root;
        this.speke = speke;
        this.contentId = contentId;
        this.keys = List.copyOf(keys);
        this.recipients = List.copyOf(recipients);
    }

    /** The packager's name for the content. */
    public String contentId() {
        return contentId;
    }

    /** The version of SPEKE; none for plain CPIX. */
    public Optional<SpekeVersion> speke() {
        return Optional.ofNullable(speke);
    }

    /** The keys, in the order of the document; no kid twice. */
    public List<RequestedKey> keys() {
        return keys;
    }

    /** Whether the answer has the keys encrypted to certificates. */
    public boolean isEncrypted() {
        return !recipients.isEmpty();
    }

    XmlElement root() {
        return root;
    }

    List<Recipient> recipients() {
        return recipients;
    }

    @Override
    public String toString() {
        return "CpixRequest[contentId=" + contentId + ", keys=" + keys.size() + ", recipients=" + recipients.size()
                + "]";
    }
}
