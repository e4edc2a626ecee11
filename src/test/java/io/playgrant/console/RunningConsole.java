package io.playgrant.console;

import static io.playgrant.TestSecrets.secret;

import io.playgrant.app.Application;
import io.playgrant.config.ConfigReport;
import io.playgrant.config.TestInstallation;
import io.playgrant.console.api.TokenIssuing;
import io.playgrant.console.http.Console;
import io.playgrant.console.http.ConsoleLimits;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.Endpoint;
import io.playgrant.console.page.RefusalPage;
import io.playgrant.console.page.Templates;
import io.playgrant.console.signin.SignInPages;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.observe.ManagementEndpoint;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import io.playgrant.tls.TlsFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The management port with the console, on a free port and an installation of its own, without the service. */
public final class RunningConsole implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final List<ConfigReport.Effective> SETTINGS =
            List.of(new ConfigReport.Effective("PLAYGRANT_DATABASE_PASSWORD", "environment", "***"));

    /** Without the service, nothing issues tokens. */
    private static final TokenIssuing NO_FLOW = (caller, parameters, requestId) -> {
        throw TokenException.of(ErrorCode.SERVICE_UNAVAILABLE, "the server is starting or shutting down");
    };

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Application application;
    private final ManagementEndpoint endpoint;
    private final List<Endpoint> endpoints;

    private final @Nullable TlsFiles tls;

    private RunningConsole(
            Application application, ManagementEndpoint endpoint, List<Endpoint> endpoints, @Nullable TlsFiles tls) {
        this.tls = tls;
        this.application = application;
        this.endpoint = endpoint;
        this.endpoints = endpoints;
    }

    /** The console as the server has it. */
    public static RunningConsole start(Path data) {
        return start(data, Map.of());
    }

    /**
     * The same with settings.
     *
     * @param more other parts
     */
    public static RunningConsole start(Path data, Map<String, String> environment, ConsolePart... more) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("PLAYGRANT_MANAGEMENT_PORT", "0");
        return start(TestInstallation.open(data, variables), more);
    }

    /** The same with an application, which it closes. */
    public static RunningConsole start(Application application, ConsolePart... more) {
        return start(application, ConsoleLimits.DEFAULT, more);
    }

    /** The same with other limits. */
    public static RunningConsole start(Application application, ConsoleLimits limits, ConsolePart... more) {
        AtomicReference<Console> console = new AtomicReference<>();
        TlsFiles tls = application
                .settings()
                .http()
                .tls()
                .map(files ->
                        TlsFiles.open(files.certificate(), files.key(), application.clock(), application.schedule()))
                .orElse(null);
        ManagementEndpoint endpoint = new ManagementEndpoint(application, tls, health -> {
            Console opened = ConsoleParts.open(application, health, SETTINGS, NO_FLOW, List.of(more), limits);
            console.set(opened);
            return opened;
        });
        return new RunningConsole(
                application, endpoint, Objects.requireNonNull(console.get()).endpoints(), tls);
    }

    /** The sign-in page and these parts only, with an application, which it closes. */
    public static RunningConsole of(Application application, Templates templates, ConsolePart... parts) {
        AtomicReference<Console> console = new AtomicReference<>();
        ManagementEndpoint endpoint = new ManagementEndpoint(application, null, health -> {
            List<ConsolePart> all = new ArrayList<>(List.of(new SignInPages(application, templates)));
            all.addAll(List.of(parts));
            Console opened = new Console(application, all, new RefusalPage(templates), ConsoleLimits.DEFAULT);
            console.set(opened);
            return opened;
        });
        return new RunningConsole(
                application, endpoint, Objects.requireNonNull(console.get()).endpoints(), null);
    }

    public Application application() {
        return application;
    }

    public int port() {
        return endpoint.port();
    }

    /** Everything that the console serves. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Creates an operator of a role, with a name of its own. */
    public Operators.Created newOperator(Role role) {
        return application.operators().create("operator" + NUMBER.incrementAndGet(), role, created -> {
            secret(created.password().reveal());
            secret(created.apiToken().reveal());
        });
    }

    /** A browser without a session. */
    public Browser newBrowser() {
        return new Browser(client, "http://localhost:" + port());
    }

    /** A browser in which a new operator of a role is signed in. */
    public Browser signedIn(Role role) throws Exception {
        Operators.Created created = newOperator(role);
        Browser browser = newBrowser();
        browser.signIn(created.operator().name(), created.password().reveal());
        return browser;
    }

    /** A request of a program: with an API token, if it is not empty. */
    public HttpRequest.Builder request(String path, String apiToken) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path));
        return apiToken.isEmpty() ? request : request.header("Authorization", "Bearer " + apiToken);
    }

    public HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        endpoint.close();
        if (tls != null) {
            tls.close();
        }
        application.close();
    }
}
