package io.playgrant.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.playgrant.config.Settings;
import io.playgrant.config.UnknownSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The manifests fit the API of Kubernetes, each other and the program. */
class KubernetesManifestsTest {

    private static final Path FOLDER = Path.of("deploy", "kubernetes");
    private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/name", "playgrant");

    /** Checks a manifest against the OpenAPI document of Kubernetes: unknown members, missing ones, types. */
    @FunctionalInterface
    private interface Check {
        void accept(JsonElement manifest) throws IOException;
    }

    private static final Map<String, Check> KINDS = Map.of(
            "ServiceAccount",
                    manifest -> {
                        V1ServiceAccount.validateJsonElement(manifest);
                        V1ServiceAccount.fromJson(manifest.toString());
                    },
            "Deployment",
                    manifest -> {
                        V1Deployment.validateJsonElement(manifest);
                        V1Deployment.fromJson(manifest.toString());
                    },
            "Service",
                    manifest -> {
                        V1Service.validateJsonElement(manifest);
                        V1Service.fromJson(manifest.toString());
                    },
            "PodDisruptionBudget",
                    manifest -> {
                        V1PodDisruptionBudget.validateJsonElement(manifest);
                        V1PodDisruptionBudget.fromJson(manifest.toString());
                    },
            "NetworkPolicy",
                    manifest -> {
                        V1NetworkPolicy.validateJsonElement(manifest);
                        V1NetworkPolicy.fromJson(manifest.toString());
                    });

    private final Map<?, ?> deployment = manifest("deployment.yaml");
    private final Map<?, ?> pod = map(deployment, "spec", "template", "spec");
    private final Map<?, ?> container = map(list(pod, "containers").get(0));

    static List<String> manifests() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void manifest_fitsTheApiOfKubernetes(String file) throws IOException {
        Map<?, ?> manifest = manifest(file);
        Check check = KINDS.get(String.valueOf(manifest.get("kind")));
        assertThat(check).as("a check for kind %s", manifest.get("kind")).isNotNull();
        check.accept(new Gson().toJsonTree(manifest));
        assertThat(map(manifest, "metadata").get("labels")).isEqualTo(LABELS);
    }

    @Test
    void misspeltMember_isNoticed() {
        JsonElement manifest = new Gson().toJsonTree(deployment);
        manifest.getAsJsonObject().getAsJsonObject("spec").addProperty("replica", 2);
        assertThatThrownBy(() -> V1Deployment.validateJsonElement(manifest)).hasMessageContaining("replica");
    }

    @Test
    void kustomization_namesEveryManifest() throws IOException {
        assertThat(list(manifest("kustomization.yaml"), "resources").stream().map(String::valueOf))
                .containsExactlyInAnyOrderElementsOf(manifests());
    }

    @Test
    void selectors_selectThePods() {
        assertThat(map(deployment, "spec", "template", "metadata").get("labels"))
                .isEqualTo(LABELS);
        assertThat(map(deployment, "spec", "selector").get("matchLabels")).isEqualTo(LABELS);
        assertThat(map(manifest("service.yaml"), "spec").get("selector")).isEqualTo(LABELS);
        assertThat(map(manifest("management-service.yaml"), "spec").get("selector"))
                .isEqualTo(LABELS);
        assertThat(map(manifest("pod-disruption-budget.yaml"), "spec", "selector")
                        .get("matchLabels"))
                .isEqualTo(LABELS);
        assertThat(map(manifest("network-policy.yaml"), "spec", "podSelector").get("matchLabels"))
                .isEqualTo(LABELS);
    }

    @Test
    void ports_areThoseOfTheProgram() {
        Settings settings = Settings.load(Path.of(""), Map.of());
        Map<Object, Object> ports = new TreeMap<>();
        list(container, "ports")
                .forEach(port -> ports.put(map(port).get("name"), map(port).get("containerPort")));
        assertThat(ports)
                .isEqualTo(Map.of(
                        "http", settings.http().port(),
                        "management", settings.management().port()));
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            assertThat(map(container, probe, "httpGet").get("port")).as(probe).isEqualTo("management");
        }
    }

    @Test
    void settings_areKnown() throws IOException {
        Map<String, String> environment = new TreeMap<>(settings());
        list(container, "env")
                .forEach(
                        variable -> environment.put(String.valueOf(map(variable).get("name")), "x"));
        assertThat(environment).containsKeys("PLAYGRANT_DATABASE_URL", "PLAYGRANT_SHUTDOWN_SECONDS");
        assertThat(UnknownSettings.in(Path.of(""), environment)).isEmpty();
    }

    @Test
    void gracePeriod_coversPreStopAndShutdown() throws IOException {
        int preStop = Integer.parseInt(String.valueOf(
                list(map(container, "lifecycle", "preStop", "exec"), "command").get(1)));
        int shutdown = Integer.parseInt(settings().get("PLAYGRANT_SHUTDOWN_SECONDS"));
        assertThat(pod.get("terminationGracePeriodSeconds")).isEqualTo(preStop + shutdown + 30);
    }

    @Test
    void containers_haveNoPrivileges() {
        assertThat(map(pod, "securityContext").get("runAsNonRoot")).isEqualTo(true);
        assertThat(map(pod, "securityContext").get("seccompProfile")).isEqualTo(Map.of("type", "RuntimeDefault"));
        List<Object> containers = new ArrayList<>(list(pod, "containers"));
        containers.addAll(list(pod, "initContainers"));
        assertThat(containers)
                .hasSize(2)
                .allSatisfy(one -> assertThat(map(one).get("securityContext"))
                        .isEqualTo(Map.of(
                                "allowPrivilegeEscalation",
                                false,
                                "readOnlyRootFilesystem",
                                true,
                                "capabilities",
                                Map.of("drop", List.of("ALL")))));
        assertThat(pod.get("automountServiceAccountToken")).isEqualTo(false);
        assertThat(pod.get("enableServiceLinks")).isEqualTo(false);
    }

    @Test
    void secrets_areReferencedOnly() {
        assertThat(KINDS).doesNotContainKey("Secret");
        assertThat(list(pod, "volumes").toString())
                .contains("secretName=playgrant-keys", "secretName=playgrant-database");
        assertThat(list(container, "env").toString())
                .contains("name=playgrant-database, key=url", "name=playgrant-database, key=user")
                .contains("name=PLAYGRANT_DATABASE_PASSWORD_FILE, value=/database/password");
    }

    private static Map<String, String> settings() throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(FOLDER.resolve("settings.env"))) {
            properties.load(reader);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.forEach((name, value) -> settings.put((String) name, (String) value));
        return settings;
    }

    private static Map<?, ?> manifest(String file) {
        try {
            return new Yaml().load(Files.readString(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<?, ?> map(Object value, String... path) {
        Object inner = value;
        for (String name : path) {
            inner = ((Map<?, ?>) inner).get(name);
        }
        return (Map<?, ?>) inner;
    }

    private static List<?> list(Map<?, ?> value, String name) {
        return (List<?>) value.get(name);
    }
}
