package io.playgrant.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorPageTest {

    private final ErrorPage page = new ErrorPage();

    @Test
    void render_isACompletePage() {
        assertThat(page.render(new ErrorMessage(-2033, "[-2033] Invalid cookie: too long")))
                .isEqualTo("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>[-2033] Invalid cookie: too long</title>
                </head>
                <body>
                <p>[-2033] Invalid cookie: too long</p>
                </body>
                </html>
                """);
    }

    @Test
    void render_escapesEverything() {
        String rendered = page.render(new ErrorMessage(400, "</title><script>&\"'`=${1}{{message}}"));
        String escaped = "&lt;/title&gt;&lt;script&gt;&amp;&quot;&#39;&#x60;&#x3D;${1}{{message}}";
        assertThat(rendered)
                .contains("<title>" + escaped + "</title>\n", "<p>" + escaped + "</p>\n")
                .doesNotContain("<script>");
    }

    @Test
    void render_keepsOtherCharacters() {
        assertThat(page.render(new ErrorMessage(400, "Größe 日本 🎬"))).contains("<p>Größe 日本 🎬</p>\n");
    }
}
