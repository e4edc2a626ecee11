package io.playgrant.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.playgrant.route.RouteFiles.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code routes/} as Camel's own schema and this project's habits want them. */
class RouteSchemaTest {

    private static final JsonSchema CAMEL = schema();

    static List<Path> files() throws IOException {
        return RouteFiles.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void routeFile_isValidByCamelsSchema(Path file) throws IOException {
        assertThat(CAMEL.validate(RouteFiles.read(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRoute_hasADescription(Path file) throws IOException {
        for (JsonNode entry : RouteFiles.read(file)) {
            entry.properties()
                    .forEach(
                            one -> assertThat(one.getValue().path("description").asText())
                                    .isNotEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRouteAndStep_hasAName(Path file) throws IOException {
        List<Node> nodes = RouteFiles.nodes(file);
        assertThat(nodes)
                .filteredOn(node -> !node.isBlock())
                .isNotEmpty()
                .extracting(Node::name)
                .doesNotContain("");
        assertThat(nodes).extracting(Node::route).doesNotContain("");
    }

    @ParameterizedTest
    @MethodSource("files")
    void routeFile_fitsOnAScreen(Path file) throws IOException {
        assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(80);
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileName_isThatOfItsRoute(Path file) throws IOException {
        String id = RouteFiles.nodes(file).get(0).name();
        assertThat(file.getFileName().toString()).isIn(id + ".camel.yaml", id.replace("http-", "") + ".camel.yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void noRoute_leavesItToCamelToLogFailures_asTheirMessagesMayQuoteSecrets(Path file) throws IOException {
        for (JsonNode entry : RouteFiles.read(file)) {
            JsonNode route = entry.path("route");
            assertThat(route.isMissingNode()
                            || route.has("routeConfigurationId")
                            || route.path("errorHandler").has("noErrorHandler"))
                    .as("an error handler of our own: %s", route.path("id"))
                    .isTrue();
            for (JsonNode one : entry.path("routeConfiguration").path("onException")) {
                assertThat(one.path("onException").path("redeliveryPolicyRef").asText())
                        .isEqualTo("no-redelivery");
            }
        }
    }

    @Test
    void names_areUniqueInTheirRoute() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : files()) {
            RouteFiles.nodes(file).stream()
                    .filter(node -> !node.name().isEmpty())
                    .forEach(node -> names.add(node.route() + " " + node.name()));
        }
        assertThat(names)
                .doesNotHaveDuplicates()
                .contains("token token", "token unwrap-key", "any-failure marshal-error", "token-jms note-unanswered");
    }

    private static JsonSchema schema() {
        try (InputStream in = RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
