package io.playgrant.token.sealing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.playgrant.account.Environment;
import io.playgrant.audit.Audit;
import io.playgrant.files.DataFolder;
import io.playgrant.files.JwkFile;
import io.playgrant.storage.StorageException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Changes the key ring's file. Each change reads the current file, replaces it atomically, and adds an audit row. Unknown members of the
 * file's JSON are kept.
 */
public final class KeyRingEditor {

    /** More than any rotation needs, and few enough that a server can register all of them. */
    private static final int MOST_KEYS = 100;

    private static final String KEY_ID = "kid";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final DataFolder folder;
    private final Path file;
    private final Audit audit;
    private final SecureRandom random;

    /** An editor for the ring in a folder. */
    public KeyRingEditor(DataFolder folder, Audit audit, SecureRandom random) {
        this.folder = folder;
        this.file = folder.file(KeyRingFile.NAME);
        this.audit = audit;
        this.random = random;
    }

    /**
     * Adds a random key, which opens tokens but does not encrypt new ones.
     *
     * @return its id
     * @throws StorageException with a message that says why
     */
    public String add(Environment environment) {
        OctetSequenceKey key = JwkFile.draw(random);
        folder.exclusively(() -> {
            String text = JwkFile.text(file);
            if (KeyRingFile.parse(file, text).ids().size() >= MOST_KEYS) {
                throw new StorageException("The key ring already has " + MOST_KEYS + " keys; retire one first");
            }
            return write("add", environment, key.getKeyID(), text, ring -> {
                keys(ring)
                        .addObject()
                        .put("kty", key.getKeyType().getValue())
                        .put(KEY_ID, key.getKeyID())
                        .put("k", key.getKeyValue().toString());
                keys(section(ring, environment)).add(key.getKeyID());
            });
        });
        return key.getKeyID();
    }

    /**
     * Encrypts new tokens with another key from now on.
     *
     * @throws StorageException with a message that says why
     */
    public void activate(Environment environment, String id) {
        folder.exclusively(() -> {
            String text = JwkFile.text(file);
            checkHasKey(KeyRingFile.parse(file, text), environment, id);
            return write(
                    "activate",
                    environment,
                    id,
                    text,
                    ring -> section(ring, environment).put(KeyRingFile.ACTIVE, id));
        });
    }

    /**
     * Removes a key. Tokens that were encrypted with it can never be opened again.
     *
     * @throws StorageException with a message that says why, for instance that the key is active
     */
    public void retire(Environment environment, String id) {
        folder.exclusively(() -> {
            String text = JwkFile.text(file);
            KeyRing ring = KeyRingFile.parse(file, text);
            checkHasKey(ring, environment, id);
            if (ring.activeId(environment).equals(id)) {
                throw new StorageException("The key " + id + " is the active one of the " + environment.label()
                        + " environment; activate another first");
            }
            return write("retire", environment, id, text, changed -> {
                removeIf(keys(changed), key -> key.path(KEY_ID).asText().equals(id));
                removeIf(
                        keys(section(changed, environment)),
                        name -> name.asText().equals(id));
            });
        });
    }

    private void checkHasKey(KeyRing ring, Environment environment, String id) {
        if (!ring.ids(environment).contains(id)) {
            throw new StorageException(
                    "The key ring has no key " + id + " of the " + environment.label() + " environment");
        }
    }

    private KeyRing write(String action, Environment environment, String id, String text, Consumer<ObjectNode> change) {
        ObjectNode json = parse(text);
        change.accept(json);
        String changed = json + "\n";
        KeyRing ring = KeyRingFile.parse(file, changed);
        audit.add(
                "ring " + action,
                "environment=" + environment.label() + " key=" + id,
                () -> folder.write(KeyRingFile.NAME, changed));
        return ring;
    }

    private ObjectNode parse(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode json) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // The message of the exception quotes the file.
        }
        throw new StorageException("The key file " + file + " is not JSON in the strict form (RFC 8259)");
    }

    private static ObjectNode section(ObjectNode ring, Environment environment) {
        return (ObjectNode) ring.get(environment.label());
    }

    private static ArrayNode keys(ObjectNode object) {
        return (ArrayNode) object.get(KeyRingFile.KEYS);
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
