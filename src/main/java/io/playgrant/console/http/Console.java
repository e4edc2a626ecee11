package io.playgrant.console.http;

import io.playgrant.app.Application;
import io.playgrant.config.ConsoleSettings;
import io.playgrant.config.Settings;
import io.playgrant.observe.ManagementPages;
import io.playgrant.operator.ApiTokens;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The console and the admin API on the management port. */
public final class Console implements ManagementPages {

    /** A path without parameters comes before those whose parameter it could be. */
    private static final Comparator<String> LITERAL_FIRST = Comparator.comparing(path -> path.replace(':', '\uffff'));

    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final ConsoleRoutes routes = new ConsoleRoutes();
    private final ConsoleWorkers workers;
    private final RequestHandling handling;

    /**
     * A console of these parts.
     *
     * @param application what it shows and changes; its owner closes it, after this
     */
    public Console(
            Application application, List<? extends ConsolePart> parts, ErrorPages errors, ConsoleLimits limits) {
        this.workers = new ConsoleWorkers(limits);
        parts.forEach(part -> part.addTo(routes));
        Settings settings = application.settings();
        this.handling = new RequestHandling(
                workers,
                limits.forBody(),
                new Authentication(
                        application.sessions(),
                        new ApiTokens(application.database(), application.clock(), application.random())),
                new ClientOrigins(settings.http().trustedProxies()),
                new HostCheck(names(settings.console(), settings.management().host())),
                new ErrorAnswers(errors),
                application.random());
    }

    private static List<String> names(ConsoleSettings settings, String listening) {
        return Stream.concat(settings.hosts().stream(), Stream.of(listening)).toList();
    }

    /** Everything that it serves. */
    public List<Endpoint> endpoints() {
        return routes.endpoints();
    }

    @Override
    public void mount(Router router) {
        Map<String, List<Endpoint>> byPath = routes.endpoints().stream()
                .collect(
                        Collectors.groupingBy(Endpoint::path, () -> new TreeMap<>(LITERAL_FIRST), Collectors.toList()));
        byPath.forEach((path, endpoints) -> mount(router, path, endpoints));
        router.route().handler(context -> receive(context, Map.of()));
        // Malformed paths, and failures on the event loop.
        for (int status = CLIENT_ERROR; status <= SERVER_ERROR; status++) {
            int failed = status;
            router.errorHandler(failed, context -> handling.fail(context.request(), failed, context.failure()));
        }
    }

    private void mount(Router router, String path, List<Endpoint> endpoints) {
        Map<String, Endpoint> methods =
                endpoints.stream().collect(Collectors.toMap(Endpoint::method, endpoint -> endpoint));
        router.route(path).handler(context -> {
            // The router takes a path with a slash at its end for the same.
            if (context.request().path().endsWith("/") == path.endsWith("/")) {
                receive(context, methods);
            } else {
                context.next();
            }
        });
    }

    private void receive(RoutingContext context, Map<String, Endpoint> methods) {
        HttpServerRequest request = context.request();
        handling.receive(context.vertx(), request, methods, Map.copyOf(context.pathParams()));
    }

    @Override
    public void close() {
        workers.close();
    }
}
