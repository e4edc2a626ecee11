package io.playgrant.console.api;

import io.playgrant.app.Application;
import io.playgrant.cluster.Nodes;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.api.call.Paging;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.operator.Role;
import io.playgrant.view.NodeView;

/** {@code /nodes}: the servers of the installation, those included that were gone less than a day ago. */
final class NodesResource implements AdminApi.Resource {

    private final Application application;

    NodesResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get("/nodes", Role.VIEWER, this::list);
    }

    private Answer list(ConsoleCall call) {
        Input.query(call).check();
        return Paging.all(new Nodes(application.database())
                .listed().stream().map(NodeView::json).toList());
    }
}
