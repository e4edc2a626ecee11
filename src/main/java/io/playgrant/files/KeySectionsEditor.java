package io.playgrant.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.playgrant.audit.Audit;
import io.playgrant.files.KeySections.Section;
import io.playgrant.storage.StorageException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Changes a ring's file. Each change reads the current file, replaces it atomically, and adds an audit row. Unknown members of the file's
 * JSON are kept.
 */
public final class KeySectionsEditor {

    /** More than any rotation needs, and few enough that a server can register all of them. */
    private static final int MOST_KEYS = 100;

    private static final String KEY_ID = "kid";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final DataFolder folder;
    private final String fileName;
    private final Path file;
    private final KeySections form;
    private final BiConsumer<Path, String> check;
    private final Audit audit;
    private final SecureRandom random;

    /**
     * An editor for a ring in a folder.
     *
     * @param check throws {@link StorageException} if a text cannot be a file of this ring
     */
    public KeySectionsEditor(
            DataFolder folder,
            String fileName,
            KeySections form,
            BiConsumer<Path, String> check,
            Audit audit,
            SecureRandom random) {
        this.folder = folder;
        this.fileName = fileName;
        this.file = folder.file(fileName);
        this.form = form;
        this.check = check;
        this.audit = audit;
        this.random = random;
    }

    /**
     * Adds a random key, which is not active.
     *
     * @param details the section in the audit
     * @return its id
     * @throws StorageException with a message that says why
     */
    public String add(String section, String details) {
        OctetSequenceKey key = JwkFile.draw(random);
        folder.exclusively(() -> {
            String text = JwkFile.text(file);
            long present = parse(text).values().stream()
                    .mapToLong(one -> one.keys().size())
                    .sum();
            if (present >= MOST_KEYS) {
                throw new StorageException(form.noun() + " already has " + MOST_KEYS + " keys; retire one first");
            }
            return write("ring add", details, key.getKeyID(), text, ring -> {
                keys(ring)
                        .addObject()
                        .put("kty", key.getKeyType().getValue())
                        .put(KEY_ID, key.getKeyID())
                        .put("k", key.getKeyValue().toString());
                keys(object(ring, section)).add(key.getKeyID());
            });
        });
        return key.getKeyID();
    }

    /**
     * Makes a key the active one of its section.
     *
     * @throws StorageException with a message that says why
     */
    public void activate(String section, String details, String id) {
        folder.exclusively(() -> {
            String text = JwkFile.text(file);
            require(parse(text), section, id);
            return write(
                    "ring activate",
                    details,
                    id,
                    text,
                    ring -> object(ring, section).put(KeySections.ACTIVE, id));
        });
    }

    /**
     * Removes a key.
     *
     * @throws StorageException with a message that says why, for instance that the key is active
     */
    public void retire(String section, String details, String id) {
        folder.exclusively(() -> {
            String text = JwkFile.text(file);
            if (require(parse(text), section, id).active().equals(id)) {
                throw new StorageException(
                        "The key " + id + " is the active one of " + name(section) + "; activate another first");
            }
            return write("ring retire", details, id, text, changed -> {
                removeIf(keys(changed), key -> key.path(KEY_ID).asText().equals(id));
                removeIf(keys(object(changed, section)), key -> key.asText().equals(id));
            });
        });
    }

    private Section require(Map<String, Section> ring, String section, String id) {
        Section read = Objects.requireNonNull(ring.get(section));
        if (!read.keys().containsKey(id)) {
            throw new StorageException(form.noun() + " has no key " + id + " of " + name(section));
        }
        return read;
    }

    private String name(String section) {
        return Objects.requireNonNull(form.sections().get(section));
    }

    private Map<String, Section> parse(String text) {
        return form.of(file, JwkFile.parse(file, text));
    }

    private boolean write(String action, String details, String id, String text, Consumer<ObjectNode> change) {
        ObjectNode json = json(text);
        change.accept(json);
        String changed = json + "\n";
        check.accept(file, changed);
        audit.add(action, details + " key=" + id, () -> folder.write(fileName, changed));
        return true;
    }

    private ObjectNode json(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode json) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // The message of the exception quotes the file.
        }
        throw new StorageException("The key file " + file + " is not JSON in the strict form (RFC 8259)");
    }

    private static ObjectNode object(ObjectNode ring, String section) {
        return (ObjectNode) ring.get(section);
    }

    private static ArrayNode keys(ObjectNode object) {
        return (ArrayNode) object.get(KeySections.KEYS);
    }

    private static void removeIf(ArrayNode elements, Predicate<JsonNode> condition) {
        Iterator<JsonNode> each = elements.iterator();
        while (each.hasNext()) {
            if (condition.test(each.next())) {
                each.remove();
            }
        }
    }
}
