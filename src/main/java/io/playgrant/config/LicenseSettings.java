package io.playgrant.config;

import io.playgrant.account.Environment;
import io.playgrant.license.LicenseService;
import io.playgrant.license.cloud.CloudProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings of redemption.
 *
 * @param production the licence service of the production environment
 * @param test the licence service of the test environment
 * @param timeout how long Widevine's licence service may take to answer
 * @param origins the origins whose pages may redeem tokens; {@code *} stands for any
 * @param credentials whether such pages may send credentials
 */
public record LicenseSettings(
        Service production, Service test, Duration timeout, List<String> origins, boolean credentials) {

    static final LicenseServiceSettings PRODUCTION = new LicenseServiceSettings("playgrant.");
    static final LicenseServiceSettings TEST = new LicenseServiceSettings("playgrant.test.");
    private static final Setting<Boolean> CLEAR_KEY_IN_PRODUCTION =
            new Setting<>("playgrant.clear.key.in.production", LicenseSettings::flag);

    /** Two attempts must end before the reservation of a redemption does. */
    private static final Setting<Integer> TIMEOUT_SECONDS =
            new Setting<>("playgrant.widevine.timeout.seconds", text -> SettingParsers.number(text, 1, 20));

    private static final Setting<List<String>> ORIGINS =
            new Setting<>("playgrant.rights.origins", LicenseSettings::origins);
    private static final Setting<Boolean> CREDENTIALS =
            new Setting<>("playgrant.rights.credentials", LicenseSettings::flag);

    private static final String ANY = "*";
    private static final Pattern ORIGIN = Pattern.compile("https?://(?:[a-z0-9._-]+|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?");

    /** All of them, in the order of {@code application.properties}. */
    static final List<Setting<?>> ALL = Stream.<List<Setting<?>>>of(
                    PRODUCTION.all(),
                    TEST.all(),
                    List.of(CLEAR_KEY_IN_PRODUCTION, TIMEOUT_SECONDS, ORIGINS, CREDENTIALS))
            .flatMap(List::stream)
            .toList();

    /**
     * The licence service of an environment.
     *
     * @param kind the service
     * @param variable the environment variable that selects it
     * @param cloud the provider at Widevine's licence service; empty unless that is the service
     * @param ofAccounts the providers of accounts that have another one, by account number
     * @param certificate a file with the service certificate that players get until another one is fetched
     */
    public record Service(
            LicenseService kind,
            String variable,
            Optional<CloudProvider> cloud,
            Map<Long, CloudProvider> ofAccounts,
            Optional<Path> certificate) {

        /** The provider of an account; empty unless Widevine's licence service is used. */
        public Optional<CloudProvider> cloud(long account) {
            CloudProvider own = ofAccounts.get(account);
            return own == null ? cloud : Optional.of(own);
        }
    }

    /** Whether pages of any origin may send credentials. */
    static boolean lendsCredentialsToAll(SettingsSource source) {
        return source.text(ORIGINS).equals(ANY) && source.text(CREDENTIALS).equals("true");
    }

    /** The licence service of an environment. */
    public Service of(Environment environment) {
        return environment == Environment.TEST ? test : production;
    }

    /**
     * Reads the settings.
     *
     * @throws SettingsException with a message that names the wrong setting
     */
    static LicenseSettings read(Path home, SettingsSource source) {
        checkClearKey(source);
        return new LicenseSettings(
                PRODUCTION.read(home, source),
                TEST.read(home, source),
                Duration.ofSeconds(source.get(TIMEOUT_SECONDS)),
                source.get(ORIGINS),
                source.get(CREDENTIALS));
    }

    /**
     * Clear Key gives away the content keys.
     *
     * @throws SettingsException if the production environment has it without a second setting
     */
    static void checkClearKey(SettingsSource source) {
        boolean isClearKey = source.text(PRODUCTION.service()).equals(LicenseService.CLEAR_KEY.label());
        if (isClearKey && !source.get(CLEAR_KEY_IN_PRODUCTION)) {
            throw new SettingsException(PRODUCTION.service().variable() + "=" + LicenseService.CLEAR_KEY.label()
                    + " would give content keys of the production environment to players without protection."
                    + " Use it in the test environment (" + TEST.service().variable() + "), or set "
                    + CLEAR_KEY_IN_PRODUCTION.variable() + "=true");
        }
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static List<String> origins(String text) {
        List<String> origins = Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(origin -> !origin.isEmpty())
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .toList();
        if (!origins.equals(List.of(ANY))
                && !origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())) {
            throw new IllegalArgumentException("must be *, or origins as browsers write them, such as"
                    + " https://player.example or http://localhost:3000, without a path, separated by commas");
        }
        return origins;
    }
}
