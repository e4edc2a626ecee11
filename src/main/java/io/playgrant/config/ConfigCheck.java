package io.playgrant.config;

import io.playgrant.account.HashKeyFile;
import io.playgrant.files.JwkFile;
import io.playgrant.keystore.held.StorageRingFile;
import io.playgrant.license.LicenseService;
import io.playgrant.license.cloud.ServiceCertificate;
import io.playgrant.storage.Database;
import io.playgrant.storage.StorageException;
import io.playgrant.tls.TlsIdentity;
import io.playgrant.token.sealing.KeyRingFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds everything that would keep the server from starting, without starting it, and without creating or changing anything. */
public final class ConfigCheck {

    private final Path home;
    private final SettingsSource source;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean isDatabaseShared;

    private ConfigCheck(Path home, SettingsSource source) {
        this.home = home;
        this.source = source;
    }

    /**
     * Runs the check.
     *
     * @param home the folder of {@code application.properties} and {@code routes/}
     * @param environment the process's environment variables
     */
    public static ConfigReport check(Path home, Map<String, String> environment) {
        try {
            return new ConfigCheck(home, SettingsSource.open(home, environment)).check();
        } catch (SettingsException e) {
            return new ConfigReport(List.of(), List.of(String.valueOf(e.getMessage())), List.of());
        }
    }

    /**
     * The effective settings, without any check.
     *
     * @throws SettingsException if their file cannot be read
     */
    public static List<ConfigReport.Effective> effective(Path home, Map<String, String> environment) {
        return effective(SettingsSource.open(home, environment));
    }

    private static List<ConfigReport.Effective> effective(SettingsSource source) {
        return Settings.ALL.stream()
                .map(setting -> new ConfigReport.Effective(
                        setting.variable(), source.origin(setting), setting.shown(source.text(setting))))
                .toList();
    }

    private ConfigReport check() {
        Settings.ALL.forEach(this::checkValue);
        List<ConfigReport.Effective> settings = effective(source);
        warnings.addAll(UnknownSettings.in(source));
        checkTls();
        checkDatabase();
        checkKafka();
        checkJms();
        checkLicense();
        checkListening();
        value(Settings.DATA_DIR).map(path -> Settings.resolve(home, path)).ifPresent(this::checkDataFolder);
        checkRoutes();
        return new ConfigReport(settings, List.copyOf(problems), List.copyOf(warnings));
    }

    private void checkValue(Setting<?> setting) {
        try {
            setting.read(source.text(setting));
        } catch (SettingsException e) {
            problems.add(e.getMessage());
        }
    }

    /** The value of a setting; empty if its text is wrong, which is reported already. */
    private <T> Optional<T> value(Setting<T> setting) {
        try {
            return Optional.of(source.get(setting));
        } catch (SettingsException e) {
            return Optional.empty();
        }
    }

    private void checkTls() {
        try {
            Settings.checkTlsIsWhole(source);
        } catch (SettingsException e) {
            problems.add(e.getMessage());
        }
        if (value(Settings.MANAGEMENT_TLS).isPresent()) {
            try {
                Settings.managementTls(source);
            } catch (SettingsException e) {
                problems.add(e.getMessage());
            }
        }
        Optional<Path> certificate = file(Settings.TLS_CERTIFICATE);
        Optional<Path> key = file(Settings.TLS_KEY);
        if (certificate.isPresent() && key.isPresent()) {
            checkTls(certificate.get(), key.get());
        }
    }

    private void checkTls(Path certificate, Path key) {
        try {
            warnOfTime(TlsIdentity.read(certificate, key), certificate, Settings.TLS_CERTIFICATE);
        } catch (StorageException e) {
            problems.add(e.getMessage());
        }
    }

    private void warnOfTime(TlsIdentity identity, Path certificate, Setting<?> setting) {
        identity.warning(Clock.systemUTC().instant())
                .ifPresent(warning ->
                        warnings.add("The certificate in " + certificate + " (" + setting.variable() + ") " + warning));
    }

    /** Does not connect to the server, which may be started later. */
    private void checkDatabase() {
        isDatabaseShared = !source.text(DatabaseSettings.URL).isEmpty();
        try {
            DatabaseSettings.read(home, source);
        } catch (SettingsException e) {
            addOnce(e);
        }
    }

    /** Does not connect to brokers, which may be started later. */
    private void checkKafka() {
        try {
            KafkaSettings.checkIdentityIsWhole(source);
        } catch (SettingsException e) {
            problems.add(e.getMessage());
        }
        try {
            KafkaSettings.checkTopicsDiffer(source);
        } catch (SettingsException e) {
            problems.add(e.getMessage());
        }
        file(KafkaSettings.AUTHORITIES).ifPresent(this::checkKafkaAuthorities);
        Optional<Path> certificate = file(KafkaSettings.CERTIFICATE);
        Optional<Path> key = file(KafkaSettings.KEY);
        if (certificate.isPresent() && key.isPresent()) {
            checkKafkaIdentity(new Settings.Tls(certificate.get(), key.get()));
        }
    }

    private void checkKafkaAuthorities(Path file) {
        try {
            KafkaFiles.authorities(file);
        } catch (StorageException e) {
            problems.add(e.getMessage());
        }
    }

    private void checkKafkaIdentity(Settings.Tls files) {
        try {
            warnOfTime(KafkaFiles.identity(files), files.certificate(), KafkaSettings.CERTIFICATE);
        } catch (StorageException e) {
            problems.add(e.getMessage());
        }
    }

    private void checkJms() {
        try {
            JmsSettings.checkQueuesDiffer(source);
        } catch (SettingsException e) {
            problems.add(e.getMessage());
        }
    }

    /** Does not ask the licence services, which may be out of reach from here. */
    private void checkLicense() {
        try {
            LicenseSettings.checkClearKey(source);
        } catch (SettingsException e) {
            addOnce(e);
        }
        checkLicense(LicenseSettings.PRODUCTION);
        checkLicense(LicenseSettings.TEST);
        if (LicenseSettings.lendsCredentialsToAll(source)) {
            warnings.add("With PLAYGRANT_RIGHTS_CREDENTIALS=true, pages of any origin may send the cookies of players;"
                    + " name the origins in PLAYGRANT_RIGHTS_ORIGINS");
        }
    }

    private void checkLicense(LicenseServiceSettings settings) {
        try {
            LicenseSettings.Service service = settings.read(home, source);
            service.cloud()
                    .filter(cloud -> "http".equalsIgnoreCase(cloud.url().getScheme()))
                    .ifPresent(cloud -> warnings.add(settings.url().variable()
                            + " is not https: content keys are sent to the licence service without encryption"));
            if (service.kind() == LicenseService.CLEAR_KEY) {
                warnings.add(settings.service().variable()
                        + "=clear-key gives content keys to players without protection; use it for tests only");
            }
        } catch (SettingsException e) {
            addOnce(e);
        }
        file(settings.certificate()).ifPresent(file -> checkServiceCertificate(file, settings.certificate()));
    }

    private void checkServiceCertificate(Path file, Setting<?> setting) {
        try {
            ServiceCertificate.readFile(file);
        } catch (IOException e) {
            problems.add("The service certificate " + file + " (" + setting.variable() + ") cannot be read: "
                    + StorageException.reason(e));
        } catch (IllegalArgumentException e) {
            problems.add(
                    "The file " + file + " (" + setting.variable() + ") is no service certificate: " + e.getMessage());
        }
    }

    /** Some problems are those of a value, which are reported already. */
    private void addOnce(SettingsException problem) {
        if (!problems.contains(problem.getMessage())) {
            problems.add(problem.getMessage());
        }
    }

    private Optional<Path> file(Setting<Optional<Path>> setting) {
        return value(setting).flatMap(file -> file).map(file -> Settings.resolve(home, file));
    }

    private void checkListening() {
        Optional<ListenCheck> http = listenCheck(Settings.HTTP_HOST, Settings.HTTP_PORT);
        Optional<ListenCheck> management = listenCheck(Settings.MANAGEMENT_HOST, Settings.MANAGEMENT_PORT);
        http.ifPresent(check -> check.check(problems, warnings));
        management.ifPresent(check -> check.check(problems, warnings));
        if (http.isPresent() && management.isPresent() && http.get().isSameAs(management.get())) {
            problems.add(Settings.HTTP_PORT.variable() + " and " + Settings.MANAGEMENT_PORT.variable()
                    + " must not be the same port");
        }
    }

    private Optional<ListenCheck> listenCheck(Setting<String> host, Setting<Integer> port) {
        return value(host)
                .flatMap(name ->
                        value(port).map(number -> new ListenCheck(name, number, host.variable(), port.variable())));
    }

    private void checkDataFolder(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            problems.add("The data folder " + folder + " is a file");
            return;
        }
        if (!Files.exists(folder)) {
            checkCanBeMade(folder);
        } else if (!Files.isWritable(folder)) {
            problems.add("The data folder " + folder + " cannot be written to");
            return;
        }
        boolean inUse = Database.existsIn(folder);
        checkKeyFile(folder.resolve(KeyRingFile.NAME), inUse, () -> KeyRingFile.readIn(folder));
        checkKeyFile(folder.resolve(HashKeyFile.NAME), inUse, () -> HashKeyFile.readIn(folder));
        checkStorageRing(folder);
    }

    private void checkCanBeMade(Path folder) {
        for (Path parent = folder.getParent(); parent != null; parent = parent.getParent()) {
            if (Files.exists(parent)) {
                if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
                    problems.add("The data folder " + folder + " cannot be created: " + parent
                            + (Files.isDirectory(parent) ? " cannot be written to" : " is a file"));
                }
                return;
            }
        }
    }

    /** Missing is no problem, because an installation that holds no keys needs none. */
    private void checkStorageRing(Path folder) {
        try {
            StorageRingFile.readIn(folder);
        } catch (StorageException e) {
            problems.add(e.getMessage());
        }
    }

    private void checkKeyFile(Path file, boolean inUse, Runnable reading) {
        try {
            if (isDatabaseShared) {
                JwkFile.requireGiven(file);
            }
            if (Files.exists(file)) {
                reading.run();
            } else if (inUse) {
                problems.add("The key file " + file + " is missing, but there is a database that was used with it");
            }
        } catch (StorageException e) {
            problems.add(e.getMessage());
        }
    }

    private void checkRoutes() {
        Path routes = home.resolve("routes");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(routes, "*.camel.yaml")) {
            if (files.iterator().hasNext()) {
                return;
            }
        } catch (IOException e) {
            // Reported below.
        }
        problems.add("No route was found in " + routes);
    }
}
