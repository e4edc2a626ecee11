package io.playgrant.error;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** The html form of an error: a small complete page in which everything is escaped. */
public final class ErrorPage {

    private static final String TEMPLATE = "/templates/error.html";

    private final Template template;

    /** Reads the template from the class path. */
    public ErrorPage() {
        try (InputStream in = Objects.requireNonNull(ErrorPage.class.getResourceAsStream(TEMPLATE), TEMPLATE);
                InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            template = Mustache.compiler().compile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page of this message, ending in a line end. */
    public String render(ErrorMessage message) {
        return template.execute(Map.of("message", message.message()));
    }
}
