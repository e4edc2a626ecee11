package io.playgrant.config;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.Environment;
import io.playgrant.contentkey.SigningSecret;
import io.playgrant.license.LicenseService;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.license.cloud.CloudProvider.Padding;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LicenseSettingsTest {

    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final String KEY = secret("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf");
    private static final String IV = secret("c0d1c2d3c4d5c6d7c8d9cadbccddcedf");
    private static final String URL = "https://license.widevine.com/cenc/getlicense/example";

    @Test
    void services_areOffByDefault() {
        LicenseSettings settings = load(Map.of());
        assertThat(settings.of(Environment.PRODUCTION).kind()).isEqualTo(LicenseService.NONE);
        assertThat(settings.of(Environment.TEST).kind()).isEqualTo(LicenseService.NONE);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void cloud_hasAProviderForEachEnvironment() {
        Map<String, String> environment = cloud("PLAYGRANT_");
        environment.putAll(cloud("PLAYGRANT_TEST_"));
        environment.put("PLAYGRANT_TEST_WIDEVINE_PROVIDER", "example.test");
        environment.put("PLAYGRANT_TEST_WIDEVINE_PADDING", "pkcs7");
        environment.put("PLAYGRANT_WIDEVINE_CERTIFICATE", "certificate.bin");
        LicenseSettings settings = load(environment);
        assertThat(settings.production().cloud())
                .contains(new CloudProvider(
                        "example", URI.create(URL), SigningSecret.ofHex(KEY), SigningSecret.ofHex(IV), Padding.ZERO));
        assertThat(settings.production().certificate()).contains(HOME.resolve("certificate.bin"));
        assertThat(settings.test().cloud().orElseThrow().name()).isEqualTo("example.test");
        assertThat(settings.test().cloud().orElseThrow().padding()).isEqualTo(Padding.PKCS7);
        assertThat(settings.toString()).doesNotContain(KEY, IV);
    }

    @Test
    void secrets_mayBeInFiles(@TempDir Path folder) throws IOException {
        Map<String, String> environment = cloud("PLAYGRANT_");
        environment.remove("PLAYGRANT_WIDEVINE_KEY");
        environment.remove("PLAYGRANT_WIDEVINE_IV");
        environment.put(
                "PLAYGRANT_WIDEVINE_KEY_FILE",
                Files.writeString(folder.resolve("key"), KEY.toUpperCase(Locale.ROOT) + "\n")
                        .toString());
        environment.put(
                "PLAYGRANT_WIDEVINE_IV_FILE",
                Files.writeString(folder.resolve("iv"), IV + "\r\n").toString());
        secret(KEY.toUpperCase(Locale.ROOT));
        CloudProvider provider = load(environment).production().cloud().orElseThrow();
        assertThat(provider.key()).isEqualTo(SigningSecret.ofHex(KEY));
        assertThat(provider.iv()).isEqualTo(SigningSecret.ofHex(IV));
    }

    @Test
    void secretFile_mustHoldHexadecimalDigits(@TempDir Path folder) throws IOException {
        Map<String, String> environment = cloud("PLAYGRANT_");
        environment.remove("PLAYGRANT_WIDEVINE_KEY");
        Path file = Files.writeString(folder.resolve("key"), KEY + "00");
        environment.put("PLAYGRANT_WIDEVINE_KEY_FILE", file.toString());
        assertRefused(environment, "The file " + file + " (PLAYGRANT_WIDEVINE_KEY_FILE) must be 64 hexadecimal digits");
        environment.put("PLAYGRANT_WIDEVINE_KEY_FILE", folder.resolve("none").toString());
        assertRefused(
                environment,
                "The file " + folder.resolve("none")
                        + " (PLAYGRANT_WIDEVINE_KEY_FILE) cannot be read: there is no such file or folder");
    }

    @Test
    void secret_isInOnePlace(@TempDir Path folder) throws IOException {
        Map<String, String> environment = cloud("PLAYGRANT_");
        environment.put(
                "PLAYGRANT_WIDEVINE_KEY_FILE",
                Files.writeString(folder.resolve("key"), KEY).toString());
        assertRefused(environment, "Only one of PLAYGRANT_WIDEVINE_KEY and PLAYGRANT_WIDEVINE_KEY_FILE can be set");
    }

    @Test
    void cloud_needsItsSettings() {
        assertRefused(
                Map.of("PLAYGRANT_LICENSE_SERVICE", "widevine-cloud"),
                "PLAYGRANT_LICENSE_SERVICE=widevine-cloud needs PLAYGRANT_WIDEVINE_URL, PLAYGRANT_WIDEVINE_PROVIDER,"
                        + " PLAYGRANT_WIDEVINE_KEY, PLAYGRANT_WIDEVINE_IV");
        Map<String, String> environment = cloud("PLAYGRANT_TEST_");
        environment.remove("PLAYGRANT_TEST_WIDEVINE_IV");
        assertRefused(environment, "PLAYGRANT_TEST_LICENSE_SERVICE=widevine-cloud needs PLAYGRANT_TEST_WIDEVINE_IV");
    }

    @Test
    void accounts_mayHaveTheirOwnProvider(@TempDir Path folder) throws IOException {
        Map<String, String> environment = cloud("PLAYGRANT_TEST_");
        String own = secret("e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
        Path file = Files.writeString(
                folder.resolve("accounts.json"),
                "{\"1001\":{\"provider\":\"own\",\"key\":\"" + own + "\",\"iv\":\"" + IV + "\",\"padding\":\"pkcs7\"},"
                        + "\"1002\":{\"provider\":\"other\",\"url\":\"https://a.example/\",\"key\":\"" + KEY
                        + "\",\"iv\":\"" + IV + "\"}}");
        environment.put("PLAYGRANT_TEST_WIDEVINE_ACCOUNTS", file.toString());
        LicenseSettings.Service service = load(environment).test();
        SigningSecret iv = SigningSecret.ofHex(IV);
        assertThat(service.cloud(1001))
                .contains(new CloudProvider("own", URI.create(URL), SigningSecret.ofHex(own), iv, Padding.PKCS7));
        assertThat(service.cloud(1002))
                .contains(new CloudProvider(
                        "other", URI.create("https://a.example/"), SigningSecret.ofHex(KEY), iv, Padding.ZERO));
        assertThat(service.cloud(1003)).isEqualTo(service.cloud());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[] | must be a JSON object with a member for each account",
                "{ | is not JSON",
                "{\"1\":{},\"1\":{}} | is not JSON",
                "{\"acme\":{}} | must have account numbers as members, and a JSON object for each",
                "{\"1\":1} | must have account numbers as members, and a JSON object for each",
                "{\"1\":{\"name\":\"\"}} | has an unknown member for account 1",
                "{\"1\":{\"key\":\"\"}} | is wrong for account 1: a member is missing: provider",
                "{\"1\":{\"provider\":\"a\",\"key\":\"00\"}} | is wrong for account 1: a member must be 64 hexadecimal digits"
            })
    void providersOfAccounts_areChecked(String text, String problem, @TempDir Path folder) throws IOException {
        Map<String, String> environment = cloud("PLAYGRANT_");
        Path file = Files.writeString(folder.resolve("accounts.json"), text);
        environment.put("PLAYGRANT_WIDEVINE_ACCOUNTS", file.toString());
        assertRefused(environment, "The file " + file + " (PLAYGRANT_WIDEVINE_ACCOUNTS) " + problem);
    }

    @Test
    void clearKey_isNotForProduction_unlessASecondSettingSaysSo() {
        assertThat(load(Map.of("PLAYGRANT_TEST_LICENSE_SERVICE", "clear-key"))
                        .test()
                        .kind())
                .isEqualTo(LicenseService.CLEAR_KEY);
        Map<String, String> environment = new HashMap<>(Map.of("PLAYGRANT_LICENSE_SERVICE", "clear-key"));
        assertRefused(
                environment,
                "PLAYGRANT_LICENSE_SERVICE=clear-key would give content keys of the production environment to players"
                        + " without protection. Use it in the test environment (PLAYGRANT_TEST_LICENSE_SERVICE), or"
                        + " set PLAYGRANT_CLEAR_KEY_IN_PRODUCTION=true");
        environment.put("PLAYGRANT_CLEAR_KEY_IN_PRODUCTION", "true");
        assertThat(load(environment).production().kind()).isEqualTo(LicenseService.CLEAR_KEY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PLAYGRANT_LICENSE_SERVICE | widevine | must be none, widevine-cloud or clear-key, not 'widevine'",
                "PLAYGRANT_WIDEVINE_PADDING | none | must be zero or pkcs7, not 'none'",
                "PLAYGRANT_WIDEVINE_TIMEOUT_SECONDS | 21 | must be a number from 1 to 20, not '21'",
                "PLAYGRANT_CLEAR_KEY_IN_PRODUCTION | yes | must be true or false, not 'yes'",
                "PLAYGRANT_RIGHTS_CREDENTIALS | 1 | must be true or false, not '1'",
                "PLAYGRANT_WIDEVINE_PROVIDER | a b | must be at most 100 letters, digits and _ . -, not 'a b'"
            })
    void values_areChecked(String variable, String value, String message) {
        Map<String, String> environment = cloud("PLAYGRANT_");
        environment.put(variable, value);
        if (variable.equals("PLAYGRANT_CLEAR_KEY_IN_PRODUCTION")) {
            environment.put("PLAYGRANT_LICENSE_SERVICE", "clear-key");
        }
        assertThatThrownBy(() -> load(environment))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(variable + " (")
                .hasMessageEndingWith(" in application.properties) " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "x", "g0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf"})
    void secretThatIsWrong_isNotQuoted(String text) {
        Map<String, String> environment = cloud("PLAYGRANT_");
        environment.put("PLAYGRANT_WIDEVINE_KEY", text);
        assertRefused(
                environment,
                "PLAYGRANT_WIDEVINE_KEY (playgrant.widevine.key in application.properties) must be 64 hexadecimal digits");
    }

    @Test
    void origins_areThoseOfBrowsers() {
        assertThat(load(Map.of(
                                "PLAYGRANT_RIGHTS_ORIGINS",
                                " https://Player.example ,http://localhost:3000,http://[::1]"))
                        .origins())
                .containsExactly("https://player.example", "http://localhost:3000", "http://[::1]");
        assertThat(load(Map.of("PLAYGRANT_RIGHTS_ORIGINS", "")).origins()).isEmpty();
        assertThat(load(Map.of("PLAYGRANT_RIGHTS_ORIGINS", "*")).origins()).isEqualTo(List.of("*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"player.example", "https://player.example/", "*.example", "https://*", "*,https://a.example"})
    void origins_areNothingElse(String text) {
        assertRefused(
                Map.of("PLAYGRANT_RIGHTS_ORIGINS", text),
                "PLAYGRANT_RIGHTS_ORIGINS (playgrant.rights.origins in application.properties) must be *, or origins as"
                        + " browsers write them, such as https://player.example or http://localhost:3000, without a"
                        + " path, separated by commas, not '" + text + "'");
    }

    private static Map<String, String> cloud(String prefix) {
        return new HashMap<>(Map.of(
                prefix + "LICENSE_SERVICE", "widevine-cloud",
                prefix + "WIDEVINE_URL", URL,
                prefix + "WIDEVINE_PROVIDER", "example",
                prefix + "WIDEVINE_KEY", KEY,
                prefix + "WIDEVINE_IV", IV));
    }

    private static LicenseSettings load(Map<String, String> environment) {
        return Settings.load(HOME, environment).license();
    }

    private static void assertRefused(Map<String, String> environment, String message) {
        assertThatThrownBy(() -> load(environment))
                .isInstanceOf(SettingsException.class)
                .hasMessage(message);
    }
}
