package io.playgrant.cli.demo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Debian's Chromium, with which a test looks at pages.
 *
 * @param playwright drives it
 */
public record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {

    /** It sends nothing anywhere by itself. The sandbox does not work for root. */
    private static final List<String> ARGUMENTS =
            List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run");

    /** Starts it. Without it, or in continuous integration, the test is skipped. */
    public static Chromium start() {
        assumeTrue(System.getenv("CI") == null, "browser tests are not run in continuous integration");
        Optional<Path> program = program();
        assumeTrue(program.isPresent(), "there is no chromium in the PATH");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        BrowserType.LaunchOptions options =
                new BrowserType.LaunchOptions().setExecutablePath(program.get()).setArgs(ARGUMENTS);
        return new Chromium(playwright, playwright.chromium().launch(options));
    }

    private static Optional<Path> program() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
