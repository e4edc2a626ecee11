package io.playgrant.route;

import io.playgrant.config.SettingsException;
import io.playgrant.route.http.Endpoint;
import io.playgrant.route.http.NotFoundRoute;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.language.RefExpression;

/**
 * Checks the routes before they start. Camel finds some misspelt names only with the first request, and the others with messages that do
 * not name the route.
 */
final class RouteCheck extends MainListenerSupport {

    private static final String HTTP = "platform-http:";

    @Override
    public void afterConfigure(BaseMainSupport main) {
        check((ModelCamelContext) main.getCamelContext());
    }

    /**
     * Checks all names that routes refer to.
     *
     * @throws SettingsException if there is no such step, decision, route or route configuration
     */
    private static void check(ModelCamelContext context) {
        List<RouteDefinition> routes = context.getRouteDefinitions().stream()
                .filter(route -> isEnabled(context, route))
                .toList();
        Set<String> starts = routes.stream()
                .map(route -> uri(route.getInput().getEndpointUri()))
                .collect(Collectors.toSet());
        if (routes.stream().allMatch(route -> route.getRouteId().equals(NotFoundRoute.ID))) {
            // No file was found, which is an error of its own.
            return;
        }
        routes.forEach(route -> checkConfiguration(context, route, starts));
        for (RouteDefinition route : routes) {
            String name = "The route " + route.getRouteId();
            checkEndpoint(context, name, route);
            checkSteps(context, name, route.getOutputs(), starts);
        }
    }

    /** Camel leaves out a route whose precondition does not hold. */
    private static boolean isEnabled(ModelCamelContext context, RouteDefinition route) {
        String precondition = route.getPrecondition();
        return precondition == null
                || !context.resolvePropertyPlaceholders(precondition).equals("false");
    }

    /** The steps of a route configuration are also those of its routes, but belong to another file. */
    private static void checkConfiguration(ModelCamelContext context, RouteDefinition route, Set<String> starts) {
        String id = route.getRouteConfigurationId();
        if (id == null) {
            return;
        }
        RouteConfigurationDefinition configuration = context.getRouteConfigurationDefinition(id);
        if (configuration == null) {
            throw new SettingsException("The route " + route.getRouteId() + " names the routeConfiguration " + id
                    + ", which does not exist");
        }
        for (OnExceptionDefinition handler : configuration.getOnExceptions()) {
            checkSteps(context, "The routeConfiguration " + id, handler.getOutputs(), starts);
        }
    }

    private static void checkEndpoint(ModelCamelContext context, String name, RouteDefinition route) {
        String start = uri(route.getInput().getEndpointUri());
        if (start.startsWith(HTTP) && !Endpoint.isDeclared(context, start.substring(HTTP.length()))) {
            throw new SettingsException(name + " begins with " + start + ", for which no Endpoint is declared");
        }
    }

    private static void checkSteps(
            ModelCamelContext context, String name, List<ProcessorDefinition<?>> steps, Set<String> starts) {
        for (ProcessDefinition step : ProcessorDefinitionHelper.filterTypeInOutputs(steps, ProcessDefinition.class)) {
            if (step.getRef() != null) {
                checkBound(context, name, "step", step.getRef());
            }
        }
        for (ExpressionNode node : ProcessorDefinitionHelper.filterTypeInOutputs(steps, ExpressionNode.class)) {
            checkExpression(context, name, node.getExpression());
        }
        for (ChoiceDefinition choice : ProcessorDefinitionHelper.filterTypeInOutputs(steps, ChoiceDefinition.class)) {
            choice.getWhenClauses().forEach(branch -> checkExpression(context, name, branch.getExpression()));
        }
        for (ToDefinition call : ProcessorDefinitionHelper.filterTypeInOutputs(steps, ToDefinition.class)) {
            String uri = uri(call.getUri());
            if (uri.startsWith("direct:") && !starts.contains(uri)) {
                throw new SettingsException(name + " calls " + uri + ", with which no route begins");
            }
        }
    }

    private static void checkExpression(ModelCamelContext context, String name, Object expression) {
        if (expression instanceof RefExpression decision) {
            checkBound(context, name, "decision or value", decision.getExpression());
        }
    }

    private static void checkBound(ModelCamelContext context, String name, String kind, String reference) {
        if (context.getRegistry().lookupByName(reference) == null) {
            throw new SettingsException(name + " refers to the " + kind + " " + reference + ", which does not exist");
        }
    }

    private static String uri(String uri) {
        return uri.replace("direct://", "direct:").split("\\?", 2)[0];
    }
}
