package io.playgrant.config;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The file with the providers of single accounts: a JSON object with a member for each account number. What the object of an account does
 * not have is that of the environment's provider.
 */
final class AccountProviders {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Set<String> MEMBERS = Set.of("provider", "url", "key", "iv", "padding");

    private final Path file;
    private final Setting<?> setting;
    private final CloudProvider usual;

    private AccountProviders(Path file, Setting<?> setting, CloudProvider usual) {
        this.file = file;
        this.setting = setting;
        this.usual = usual;
    }

    /**
     * Reads the file.
     *
     * @param setting the setting that names it, for the messages
     * @param usual the provider of the environment
     * @return the providers by account number
     * @throws SettingsException with a message that contains nothing of the file's secrets
     */
    static Map<Long, CloudProvider> read(Path file, Setting<?> setting, CloudProvider usual) {
        return new AccountProviders(file, setting, usual).read();
    }

    private Map<Long, CloudProvider> read() {
        JsonNode accounts;
        try {
            accounts = JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            // The message of Jackson quotes the file.
            throw problem(Files.isReadable(file) ? "is not JSON" : "cannot be read: " + StorageException.reason(e));
        }
        if (!accounts.isObject()) {
            throw problem("must be a JSON object with a member for each account");
        }
        Map<Long, CloudProvider> providers = new TreeMap<>();
        accounts.properties().forEach(member -> {
            if (!member.getKey().matches("[1-9][0-9]{0,18}")
                    || !member.getValue().isObject()) {
                throw problem("must have account numbers as members, and a JSON object for each");
            }
            providers.put(Long.valueOf(member.getKey()), provider(member.getKey(), member.getValue()));
        });
        return Map.copyOf(providers);
    }

    private CloudProvider provider(String account, JsonNode object) {
        object.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw problem("has an unknown member for account " + account);
            }
        });
        try {
            return new CloudProvider(
                    LicenseServiceSettings.provider(required(object, "provider"))
                            .orElseThrow(),
                    text(object, "url").flatMap(SettingParsers::url).orElse(usual.url()),
                    LicenseServiceSettings.key(required(object, "key")),
                    LicenseServiceSettings.iv(required(object, "iv")),
                    text(object, "padding").map(LicenseServiceSettings::padding).orElse(usual.padding()));
        } catch (IllegalArgumentException e) {
            throw problem("is wrong for account " + account + ": a member " + e.getMessage());
        }
    }

    private static String required(JsonNode object, String name) {
        return text(object, name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("is missing: " + name));
    }

    private static Optional<String> text(JsonNode object, String name) {
        return Optional.ofNullable(object.path(name).textValue());
    }

    private SettingsException problem(String what) {
        return new SettingsException("The file " + file + " (" + setting.variable() + ") " + what);
    }
}
