package io.playgrant.console.page;

import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.console.page.StaticFiles.StaticFile;
import java.util.Map;

/** Serves the style sheet, the scripts and the icon, which have nothing to hide, to everybody. */
final class StaticPages implements ConsolePart {

    private static final int NOT_MODIFIED = 304;
    private static final int OK = 200;

    private final StaticFiles files;

    StaticPages(StaticFiles files) {
        this.files = files;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        files.paths().stream()
                .sorted()
                .forEach(path -> add(routes, path, path, "public, max-age=31536000, immutable"));
        // The pages of sign-in and of errors do not know the digests. Browsers ask each time whether these files have changed.
        add(routes, StaticFiles.PATH + "console.css", files.url("style"), "no-cache");
        add(routes, StaticFiles.PATH + "icon.svg", files.url("icon"), "no-cache");
    }

    private void add(ConsoleRoutes routes, String path, String file, String caching) {
        StaticFile found = files.find(file).orElseThrow();
        routes.open("GET", path, call -> answer(call, found, caching));
    }

    private static Answer answer(ConsoleCall call, StaticFile file, String caching) {
        boolean known = call.header("If-None-Match").filter(file.etag()::equals).isPresent();
        return new Answer(
                known ? NOT_MODIFIED : OK,
                known ? "" : file.type(),
                known ? new byte[0] : file.content(),
                Map.of("Cache-Control", caching, "ETag", file.etag()));
    }
}
