package io.playgrant.console.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The templates of the console, compiled once. Text is escaped, and a name that the model lacks fails the rendering. A template includes
 * another, or an icon, with {@code {{>name}}}; all are read at the start.
 */
public final class Templates {

    /** The names of all pages: files of {@code console/}, each of which the layout surrounds. */
    private static final List<String> NAMES = List.of(
            "account",
            "account-form",
            "accounts",
            "audit",
            "chart-table",
            "confirm",
            "error",
            "explain",
            "key",
            "keys",
            "message",
            "now",
            "operator",
            "operator-form",
            "operators",
            "overview",
            "request",
            "request-rows",
            "requests",
            "rings",
            "secrets",
            "sessions",
            "settings",
            "sign-in",
            "story-steps",
            "token");

    private static final String FOLDER = "/console/";
    private static final String BODY = "body";
    private static final String ICON = "icon-";

    private final Map<String, Template> pages = new HashMap<>();
    private final Map<String, Template> fragments = new HashMap<>();
    private final Map<String, String> assets;
    private final String version;

    /**
     * Reads and compiles all templates.
     *
     * @param files the files that pages refer to
     * @param version of the program, for the footer
     */
    public Templates(StaticFiles files, String version) {
        this.assets = files.urls();
        this.version = version;
        for (String name : NAMES) {
            pages.put(name, compile("layout", name));
            fragments.put(name, compile(name, name));
        }
    }

    /**
     * Renders a page.
     *
     * @param template the name of its template
     * @param model a map, or an object whose methods give the values
     */
    public String page(String template, PageHead head, Object model) {
        return render(named(pages, template), model, Map.of("head", head.model(assets, version)));
    }

    /** Renders a template without the layout, for a part of a page that htmx replaces. It must not read the head. */
    public String fragment(String template, Object model) {
        return render(named(fragments, template), model, Map.of());
    }

    private static Template named(Map<String, Template> templates, String name) {
        Template template = templates.get(name);
        if (template == null) {
            throw new IllegalArgumentException("There is no template " + name);
        }
        return template;
    }

    private static String render(Template template, Object model, Map<String, ?> around) {
        StringWriter page = new StringWriter();
        template.execute(model, around, page);
        return page.toString();
    }

    /** A null is empty; a name or section that the model lacks fails. */
    private static Template compile(String template, String body) {
        Template compiled = Mustache.compiler()
                .nullValue("")
                .strictSections(true)
                .emptyStringIsFalse(true)
                .withLoader(name -> reader(name.equals(BODY) ? body : name))
                .compile(reader(template));
        // The library reads an included template when it is first needed. A visit needs all of them.
        compiled.visit(new EveryInclude());
        return compiled;
    }

    private static Reader reader(String name) {
        String path = name.startsWith(ICON)
                ? FOLDER + "icons/" + name.substring(ICON.length()) + ".svg"
                : FOLDER + name + ".html";
        try (InputStream in = Templates.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks the template " + path);
            }
            return new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class EveryInclude implements Mustache.Visitor {

        @Override
        public void visitText(String text) {
            // Nothing is included here.
        }

        @Override
        public void visitVariable(String name) {
            // Nothing is included here.
        }

        @Override
        public boolean visitInclude(String name) {
            return true;
        }

        @Override
        public boolean visitSection(String name) {
            return true;
        }

        @Override
        public boolean visitInvertedSection(String name) {
            return true;
        }
    }
}
