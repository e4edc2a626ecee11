package io.playgrant.console.api;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cluster.Nodes;
import io.playgrant.cluster.Nodes.Node;
import io.playgrant.console.api.call.ApiException;
import io.playgrant.console.api.call.ApiJson;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.EntityTag;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.operator.Role;
import io.playgrant.storage.StorageException;
import io.playgrant.view.RingView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /rings}: the sections of the key ring, {@code production} and {@code test}, and the storage ring, {@code storage}. A ring is a
 * file of each node, which operators copy to the others by themselves, see docs/operations/key-rotation.md.
 */
final class RingsResource implements AdminApi.Resource {

    private static final String ONE = "/rings/:ring";
    private static final String STORAGE = "storage";

    private final Application application;

    RingsResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get("/rings", Role.VIEWER, this::list)
                .get(ONE, Role.VIEWER, this::show)
                .add("PATCH", ONE, Role.ADMIN, this::activate)
                .create(ONE + "/keys", Role.ADMIN, this::addKey)
                .add("DELETE", ONE + "/keys/:key", Role.ADMIN, this::retire);
    }

    private Answer list(ConsoleCall call) {
        Input.query(call).check();
        return ApiJson.ok(RingView.all(
                application.keyRing().refreshed(), application.storageRing().refreshed(), this::held));
    }

    private long held(String key) {
        return application.storedKeys().countHeldBy(key);
    }

    /** The environment of a section of the key ring; empty for the storage ring. */
    private static Optional<Environment> environment(ConsoleCall call) {
        String name = call.path("ring");
        for (Environment environment : Environment.values()) {
            if (environment.label().equals(name)) {
                return Optional.of(environment);
            }
        }
        if (name.equals(STORAGE)) {
            return Optional.empty();
        }
        throw ApiException.notFound("The rings are production, test and storage");
    }

    /** Read anew, because this process or another one may have just changed the file. */
    private Map<String, Object> json(@Nullable Environment environment) {
        if (environment != null) {
            return RingView.section(application.keyRing().refreshed(), environment);
        }
        return application
                .storageRing()
                .refreshed()
                .map(ring -> RingView.section(ring, this::held))
                .orElseThrow(() -> ApiException.notFound(
                        "There is no storage ring yet; it is created with the first held key, or by the command"
                                + " line with ring init --storage"));
    }

    /** Only its keys and which of them is active: held keys come and go. */
    private EntityTag tag(@Nullable Environment environment) {
        Map<String, Object> json = json(environment);
        EntityTag tag =
                EntityTag.ofContent(List.of(String.valueOf(json.get("active")), String.valueOf(json.get("keys"))));
        return environment == null ? tag.with(json) : tag;
    }

    private Answer show(ConsoleCall call) {
        Input.query(call).check();
        Environment environment = environment(call).orElse(null);
        return tag(environment).answer(call, json(environment));
    }

    private Answer addKey(ConsoleCall call) {
        Input.body(call).check();
        Environment environment = environment(call).orElse(null);
        json(environment);
        String key = editing(() -> environment == null
                ? application.changesBy(call.who()).storageRing().add()
                : application.changesBy(call.who()).ring().add(environment));
        return ApiRoutes.created("/rings/" + call.path("ring") + "/keys/" + key, done(environment, key, "added"));
    }

    private static Map<String, Object> done(@Nullable Environment environment, String key, String done) {
        return environment == null ? RingView.storageJson(key, done) : RingView.keyJson(environment, key, done);
    }

    private Answer activate(ConsoleCall call) {
        Input body = Input.body(call);
        body.require("active");
        Optional<String> key = body.line("active", 1, 64);
        body.check();
        Environment environment = environment(call).orElse(null);
        tag(environment).require(call);
        String id = key.orElseThrow();
        if (!keys(environment).contains(id)) {
            throw ApiException.invalid("active", "must be a key of the ring");
        }
        refuseIfAny(
                node -> !(environment == null ? node.storageKeys() : node.ringKeys()).contains(id),
                "These servers do not have the key yet; copy the ring to them and try again: ");
        editing(() -> {
            if (environment == null) {
                application.changesBy(call.who()).storageRing().activate(id);
            } else {
                application.changesBy(call.who()).ring().activate(environment, id);
            }
            return id;
        });
        return tag(environment).answer(json(environment));
    }

    private Answer retire(ConsoleCall call) {
        Input.query(call).check();
        Environment environment = environment(call).orElse(null);
        String id = call.path("key");
        tag(environment).require(call);
        if (!keys(environment).contains(id)) {
            throw ApiException.notFound("The ring has no key " + id);
        }
        if (environment == null) {
            refuseIfAny(node -> node.wrapsWith(id), "The key is still the active one of ");
        }
        editing(() -> {
            if (environment == null) {
                application.changesBy(call.who()).storageRing().retire(id);
            } else {
                application.changesBy(call.who()).ring().retire(environment, id);
            }
            return id;
        });
        return Answer.empty();
    }

    private List<?> keys(@Nullable Environment environment) {
        return json(environment).get("keys") instanceof List<?> keys ? keys : List.of();
    }

    private void refuseIfAny(Predicate<Node> isUnfit, String problem) {
        String unfit = new Nodes(application.database())
                .live().stream().filter(isUnfit).map(Node::name).collect(Collectors.joining(", "));
        if (!unfit.isEmpty()) {
            throw ApiException.conflict(problem + unfit);
        }
    }

    /** A ring that refuses a change has no cause; a database or a disk that fails has one. */
    private static String editing(Supplier<String> change) {
        try {
            return change.get();
        } catch (StorageException e) {
            if (e.getCause() != null) {
                throw e;
            }
            throw ApiException.conflict(String.valueOf(e.getMessage()));
        }
    }
}
