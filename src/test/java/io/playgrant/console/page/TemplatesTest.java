package io.playgrant.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.samskivert.mustache.MustacheException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    private static final String HOSTILE = "<script>alert(1)</script>\"'`{{csrf}}{{{csrf}}}";

    private final Templates templates = new Templates(new StaticFiles(), "1.0");

    @Test
    void page_hasTitleMenuOperatorAndBody() {
        PageHead head = new PageHead(
                "Accounts", MenuItem.ACCOUNTS, new PageHead.SignedIn("ann", "admin", true), "secret", null);

        String page = templates.page("message", head, message("Nothing here", "Go on."));

        assertThat(page)
                .startsWith("<!doctype html>\n<html lang=\"en\">")
                .contains("<title>Accounts – Playgrant</title>")
                .contains("<a href=\"/console/accounts\" aria-current=\"page\">")
                .contains("<a href=\"/console/operators\">")
                .contains("<b>ann</b> <span class=\"quiet\">admin</span>")
                .contains("<input type=\"hidden\" name=\"csrf\" value=\"secret\">")
                .contains("<h1>Nothing here</h1>\n<p>Go on.</p>")
                .contains("<footer><p>Playgrant 1.0.")
                .doesNotContain("class=\"notice");
    }

    @Test
    void menu_hidesThePagesThatTheRoleMayNotSee() {
        PageHead head = new PageHead("Keys", MenuItem.KEYS, new PageHead.SignedIn("bob", "viewer", false), "c", null);

        assertThat(templates.page("message", head, message("Keys", "")))
                .contains("/console/settings")
                .doesNotContain("/console/operators", "/console/explain");
    }

    @Test
    void page_hasNoMenuBeforeSigningIn() {
        assertThat(templates.page("message", PageHead.signedOut("Sign in", "c"), message("Sign in", "")))
                .contains("<title>Sign in – Playgrant</title>")
                .doesNotContain("<nav", "sign-out");
    }

    @Test
    void page_escapesEveryText() {
        PageHead head = new PageHead(
                HOSTILE,
                MenuItem.NONE,
                new PageHead.SignedIn(HOSTILE, HOSTILE, true),
                HOSTILE,
                new Notice("bad", HOSTILE));

        String page = templates.page("message", head, message(HOSTILE, HOSTILE));

        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&#x60;{{csrf}}{{{csrf}}}")
                .doesNotContain("<script>", "alert(1)</script>\"");
    }

    @Test
    void aMissingName_fails() {
        PageHead head = PageHead.signedOut("Sign in", "c");

        assertThatThrownBy(() -> templates.page("message", head, Map.of("heading", "x", "link", "")))
                .isInstanceOf(MustacheException.class)
                .hasMessageContaining("text");
        assertThatThrownBy(() -> templates.page("message", head, Map.of("heading", "x", "text", "y")))
                .isInstanceOf(MustacheException.class)
                .hasMessageContaining("link");
    }

    /** The policy forbids what is in a page, and an unescaped or unquoted text could become html. */
    @Test
    void noTemplate_hasUnescapedTexts_scriptsOrStyles() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/console"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".html")).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain("{{{", "{{&", " style=", "javascript:", "<style")
                        .doesNotContainPattern("\\son[a-z]+=")
                        .doesNotContainPattern("<script(?! src=\"\\{\\{head\\.asset\\.[a-z]+}}\" defer></script>)")
                        .doesNotContainPattern("\\s[a-z-]+=\\{\\{");
            }
        }
    }

    @Test
    void anUnknownTemplate_fails() {
        assertThatThrownBy(() -> templates.fragment("../layout", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no template ../layout");
    }

    private static Map<String, Object> message(String heading, String text) {
        return Map.of("heading", heading, "text", text, "link", Map.of("href", "/console/", "label", "Overview"));
    }
}
