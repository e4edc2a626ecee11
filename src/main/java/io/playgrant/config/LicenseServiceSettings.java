package io.playgrant.config;

import io.playgrant.contentkey.SigningSecret;
import io.playgrant.license.LicenseService;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.license.cloud.CloudProvider.Padding;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of the licence service of one environment. */
final class LicenseServiceSettings {

    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 16;

    private final Setting<LicenseService> service;
    private final Setting<Optional<URI>> url;
    private final Setting<Optional<String>> provider;
    private final Secret key;
    private final Secret iv;
    private final Setting<Padding> padding;
    private final Setting<Optional<Path>> certificate;
    private final Setting<Optional<Path>> accounts;

    /**
     * The settings whose names have a prefix.
     *
     * @param prefix the prefix, with a dot at its end
     */
    LicenseServiceSettings(String prefix) {
        service = new Setting<>(prefix + "license.service", LicenseServiceSettings::service);
        url = new Setting<>(prefix + "widevine.url", SettingParsers::url);
        provider = new Setting<>(prefix + "widevine.provider", LicenseServiceSettings::provider);
        key = new Secret(prefix + "widevine.key", LicenseServiceSettings::key);
        iv = new Secret(prefix + "widevine.iv", LicenseServiceSettings::iv);
        padding = new Setting<>(prefix + "widevine.padding", LicenseServiceSettings::padding);
        certificate = new Setting<>(prefix + "widevine.certificate", SettingParsers::file);
        accounts = new Setting<>(prefix + "widevine.accounts", SettingParsers::file);
    }

    /** A secret in hexadecimal digits, in a setting or in a file that another setting names. */
    private static final class Secret {

        private final Setting.Reading<SigningSecret> reading;
        private final Setting<Optional<SigningSecret>> value;
        private final Setting<Optional<Path>> file;

        private Secret(String key, Setting.Reading<SigningSecret> reading) {
            this.reading = reading;
            this.value = new Setting<>(key, this::parse, true);
            this.file = new Setting<>(key + ".file", SettingParsers::file);
        }

        private Optional<SigningSecret> parse(String text) {
            return text.isEmpty() ? Optional.empty() : Optional.of(reading.read(text));
        }

        private Optional<SigningSecret> read(Path home, SettingsSource source) {
            Optional<SigningSecret> given = source.get(value);
            Optional<Path> path = source.get(file);
            if (given.isPresent() && path.isPresent()) {
                throw new SettingsException(
                        "Only one of " + value.variable() + " and " + file.variable() + " can be set");
            }
            return path.map(named -> readFile(Settings.resolve(home, named))).or(() -> given);
        }

        private SigningSecret readFile(Path path) {
            String text = SecretTextFile.read(path, file).strip();
            try {
                return reading.read(text);
            } catch (IllegalArgumentException e) {
                throw new SettingsException("The file " + path + " (" + file.variable() + ") " + e.getMessage());
            }
        }

        private boolean isMissing(SettingsSource source) {
            return source.text(value).isEmpty() && source.text(file).isEmpty();
        }
    }

    /** All of them, in the order of {@code application.properties}. */
    List<Setting<?>> all() {
        return List.of(service, url, provider, key.value, key.file, iv.value, iv.file, padding, certificate, accounts);
    }

    /** The setting that selects the service. */
    Setting<LicenseService> service() {
        return service;
    }

    /** The setting of the file with a service certificate. */
    Setting<Optional<Path>> certificate() {
        return certificate;
    }

    /** The setting of the URL. */
    Setting<Optional<URI>> url() {
        return url;
    }

    /**
     * Reads the settings.
     *
     * @throws SettingsException with a message that names the wrong or the missing settings
     */
    LicenseSettings.Service read(Path home, SettingsSource source) {
        LicenseService kind = source.get(service);
        Optional<CloudProvider> cloud =
                kind == LicenseService.WIDEVINE_CLOUD ? Optional.of(cloud(home, source)) : Optional.empty();
        Optional<Path> providers = source.get(accounts).map(path -> Settings.resolve(home, path));
        return new LicenseSettings.Service(
                kind,
                service.variable(),
                cloud,
                cloud.flatMap(usual -> providers.map(file -> AccountProviders.read(file, accounts, usual)))
                        .orElse(Map.of()),
                source.get(certificate).map(path -> Settings.resolve(home, path)));
    }

    private CloudProvider cloud(Path home, SettingsSource source) {
        List<String> missing = new ArrayList<>();
        addIf(source.text(url).isEmpty(), url.variable(), missing);
        addIf(source.text(provider).isEmpty(), provider.variable(), missing);
        addIf(key.isMissing(source), key.value.variable(), missing);
        addIf(iv.isMissing(source), iv.value.variable(), missing);
        if (!missing.isEmpty()) {
            throw new SettingsException(service.variable() + "=" + LicenseService.WIDEVINE_CLOUD.label() + " needs "
                    + String.join(", ", missing));
        }
        return new CloudProvider(
                source.get(provider).orElseThrow(),
                source.get(url).orElseThrow(),
                key.read(home, source).orElseThrow(),
                iv.read(home, source).orElseThrow(),
                source.get(padding));
    }

    private static void addIf(boolean condition, String variable, List<String> variables) {
        if (condition) {
            variables.add(variable);
        }
    }

    private static LicenseService service(String text) {
        for (LicenseService service : LicenseService.values()) {
            if (service.label().equals(text)) {
                return service;
            }
        }
        throw new IllegalArgumentException("must be none, widevine-cloud or clear-key");
    }

    /**
     * The key of signatures.
     *
     * @throws IllegalArgumentException with the expected form, without the digits
     */
    static SigningSecret key(String text) {
        return secret(text, KEY_BYTES);
    }

    /**
     * The initial vector of signatures.
     *
     * @throws IllegalArgumentException with the expected form, without the digits
     */
    static SigningSecret iv(String text) {
        return secret(text, IV_BYTES);
    }

    private static SigningSecret secret(String text, int bytes) {
        if (text.length() != 2 * bytes || !text.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("must be " + 2 * bytes + " hexadecimal digits");
        }
        return SigningSecret.ofHex(text);
    }

    static Optional<String> provider(String text) {
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(SettingParsers.matching(
                        text, "[A-Za-z0-9_.-]{1,100}", "must be at most 100 letters, digits and _ . -"));
    }

    static Padding padding(String text) {
        return switch (text) {
            case "zero" -> Padding.ZERO;
            case "pkcs7" -> Padding.PKCS7;
            default -> throw new IllegalArgumentException("must be zero or pkcs7");
        };
    }
}
