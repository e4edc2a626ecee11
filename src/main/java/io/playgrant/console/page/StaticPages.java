package io.playgrant.console.page;

import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.console.page.StaticFiles.StaticFile;
import java.util.Map;

/** Serves the style sheet, the scripts and the icon, which have nothing to hide, to everybody. */
public final class StaticPages implements ConsolePart {

    private static final int NOT_MODIFIED = 304;
    private static final int OK = 200;

    private final StaticFiles files;

    /** Serves these files. */
    public StaticPages(StaticFiles files) {
        this.files = files;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        files.paths().stream().sorted().forEach(path -> {
            StaticFile file = files.find(path).orElseThrow();
            routes.open("GET", path, call -> answer(call, file));
        });
    }

    private static Answer answer(ConsoleCall call, StaticFile file) {
        boolean known = call.header("If-None-Match").filter(file.etag()::equals).isPresent();
        return new Answer(
                known ? NOT_MODIFIED : OK,
                known ? "" : file.type(),
                known ? new byte[0] : file.content(),
                Map.of("Cache-Control", "public, max-age=31536000, immutable", "ETag", file.etag()));
    }
}
