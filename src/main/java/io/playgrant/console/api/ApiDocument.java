package io.playgrant.console.api;

import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** The OpenAPI document of the admin API, for everybody. */
final class ApiDocument implements ConsolePart {

    /** Where it is on the class path. */
    static final String RESOURCE = "/console/openapi.yaml";

    private final Answer document;

    ApiDocument() {
        try (InputStream in = Objects.requireNonNull(ApiDocument.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            document = new Answer(200, "application/yaml", in.readAllBytes(), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.open("GET", "/api/openapi.yaml", call -> document);
    }
}
