package io.playgrant.console.page;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.app.Changes;
import io.playgrant.cluster.Nodes;
import io.playgrant.cluster.Nodes.Node;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsoleException;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.keystore.held.StorageRing;
import io.playgrant.operator.Role;
import io.playgrant.storage.StorageException;
import io.playgrant.token.sealing.KeyRing;
import io.playgrant.token.sealing.KeyRingFile;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The keys that encrypt tokens, and those that wrap held keys. */
final class RingPages implements ConsolePart {

    private static final String PATH = "/console/rings";
    private static final String STORAGE = "storage";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    /** A console worker waits no longer for nodes that have not yet read a new key; the form can be sent again. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Templates templates;
    private final Application application;
    private final OnceTokens once;

    /** Pages of the rings of an installation. */
    RingPages(Templates templates, Application application, OnceTokens once) {
        this.templates = templates;
        this.application = application;
        this.once = once;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page("GET", PATH, Role.VIEWER, this::show).page("POST", PATH + "/:ring/add", Role.ADMIN, this::add);
        String key = PATH + "/:ring/:key";
        routes.page("GET", key + "/activate", Role.ADMIN, this::askActivate)
                .page("POST", key + "/activate", Role.ADMIN, this::activate)
                .page("GET", key + "/retire", Role.ADMIN, this::askRetire)
                .page("POST", key + "/retire", Role.ADMIN, this::retire);
    }

    private Answer show(ConsoleCall call) {
        boolean writable = Files.isWritable(application.dataFolder().path())
                && !application.dataFolder().isLink(KeyRingFile.NAME);
        boolean mayChange = writable && call.mayDo(Role.ADMIN);
        List<Map<String, Object>> rings = new ArrayList<>();
        KeyRing ring = application.keyRing().get();
        for (Environment environment : Environment.values()) {
            rings.add(section(
                    environment.label(),
                    "Tokens, " + environment.label(),
                    "The active key encrypts new tokens. All of them open tokens.",
                    mayChange,
                    ring.ids(environment).stream()
                            .map(id -> key(id, id.equals(ring.activeId(environment)), "opens tokens", ""))
                            .toList()));
        }
        rings.add(storage(mayChange));
        Map<String, Object> model = new HashMap<>();
        model.put("rings", rings);
        model.put(
                "readOnly",
                writable
                        ? ""
                        : "The files of the rings are not this node’s own, so they cannot be changed here. Change the ring’s file where"
                                + " it is deployed from, for example the Kubernetes secret; nodes read it again by themselves.");
        return Answer.html(templates.page("rings", PageHead.of(call, "Rings", MenuItem.RINGS), model));
    }

    private Map<String, Object> storage(boolean mayChange) {
        Optional<StorageRing> ring = application.storageRing().get();
        Map<String, Object> section = section(
                STORAGE,
                "Storage",
                "The active key wraps new held keys. A key can be retired when it wraps none.",
                mayChange && ring.isPresent(),
                ring.map(known -> known.ids().stream()
                                .map(id -> key(
                                        id,
                                        id.equals(known.activeId()),
                                        "opens held keys",
                                        PageText.grouped(heldBy(id))))
                                .toList())
                        .orElse(List.of()));
        section.put("counted", true);
        section.put(
                "missing",
                ring.isPresent()
                        ? ""
                        : "There is no storage ring. It is created with the first key that the service holds, or by ./playgrant ring init --storage.");
        return section;
    }

    private long heldBy(String id) {
        return application.storedKeys().countHeldBy(id)
                + application.accounts().signers().countHeldBy(id);
    }

    private Map<String, Object> section(
            String ring, String title, String caption, boolean mayChange, List<Map<String, Object>> keys) {
        Map<String, Object> section = new HashMap<>();
        section.put("ring", ring);
        section.put("title", title);
        section.put("caption", caption);
        section.put("mayAdd", mayChange);
        section.put("mayChange", mayChange && keys.size() > 1);
        section.put("once", OnceTokens.draw(application.random()));
        section.put("missing", "");
        section.put("counted", false);
        section.put("hasKeys", !keys.isEmpty());
        section.put("keys", keys);
        return section;
    }

    private static Map<String, Object> key(String id, boolean active, String idle, String held) {
        return Map.of("key", id, "active", active, "idle", idle, "held", held);
    }

    private Answer add(ConsoleCall call) {
        Optional<Environment> environment = environment(call);
        Changes changes = application.changesBy(call.who());
        once.once(
                call,
                () -> changed(() -> {
                    if (environment.isPresent()) {
                        changes.ring().add(environment.get());
                    } else {
                        changes.storageRing().add();
                    }
                }));
        return Answer.redirect(Flash.RING_ADDED.on(PATH));
    }

    /** The environment of a token ring; empty for the storage ring. */
    private static Optional<Environment> environment(ConsoleCall call) {
        String ring = call.path("ring");
        Optional<Environment> environment = Arrays.stream(Environment.values())
                .filter(one -> one.label().equals(ring))
                .findFirst();
        if (environment.isEmpty() && !ring.equals(STORAGE)) {
            throw new ConsoleException(NOT_FOUND, "No such ring", "The rings are production, test and storage.");
        }
        return environment;
    }

    private String requiredKey(ConsoleCall call) {
        String id = call.path("key");
        boolean known = environment(call)
                .map(environment -> application.keyRing().get().ids(environment).contains(id))
                .orElseGet(() -> application
                        .storageRing()
                        .get()
                        .map(ring -> ring.ids().contains(id))
                        .orElse(false));
        if (!known) {
            throw new ConsoleException(NOT_FOUND, "No such key", "The ring has no such key. It may have been retired.");
        }
        return id;
    }

    private Answer askActivate(ConsoleCall call) {
        String id = requiredKey(call);
        String consequence = environment(call)
                .map(environment -> "New tokens of the " + environment.label()
                        + " environment are encrypted with it, as soon as every running node can open them.")
                .orElse("New held keys are wrapped with it. A running node wraps the others anew.");
        return confirm(
                call,
                "Activate key " + id,
                new Confirmation("Activate key " + id + "?", List.of(consequence), path(call, "activate"), "Activate")
                        .harmless());
    }

    private Answer askRetire(ConsoleCall call) {
        String id = requiredKey(call);
        String consequence = environment(call)
                .map(environment -> "Tokens of the " + environment.label()
                        + " environment that were encrypted with it can never be opened again.")
                .orElse("It must wrap no held key any more. Backups that were made before need it.");
        return confirm(
                call,
                "Retire key " + id,
                new Confirmation(
                                "Retire key " + id + "?",
                                List.of(consequence, "This cannot be undone."),
                                path(call, "retire"),
                                "Retire")
                        .typing("Type the id of the key to confirm", ""));
    }

    private Answer confirm(ConsoleCall call, String title, Confirmation confirmation) {
        return Answer.html(
                templates.page("confirm", PageHead.of(call, title, MenuItem.RINGS), confirmation.orBackTo(PATH)));
    }

    private static String path(ConsoleCall call, String action) {
        return PATH + "/" + call.path("ring") + "/" + call.path("key") + "/" + action;
    }

    private Answer activate(ConsoleCall call) throws InterruptedException {
        String id = requiredKey(call);
        Optional<Environment> environment = environment(call);
        requireOnAllNodes(id, environment.isPresent() ? Node::ringKeys : Node::storageKeys);
        Changes changes = application.changesBy(call.who());
        changed(() -> {
            if (environment.isPresent()) {
                changes.ring().activate(environment.get(), id);
            } else {
                changes.storageRing().activate(id);
            }
        });
        return Answer.redirect(Flash.RING_ACTIVATED.on(PATH));
    }

    private void requireOnAllNodes(String id, Function<Node, Set<String>> ring) throws InterruptedException {
        List<Node> lacking = new Nodes(application.database()).awaitRingKey(id, ring, LONGEST_WAIT);
        if (!lacking.isEmpty()) {
            throw new ConsoleException(
                    CONFLICT,
                    "The key was not activated",
                    "These nodes do not have it yet: "
                            + lacking.stream().map(Node::name).collect(Collectors.joining(", "))
                            + ". Try again in a few seconds; their logs say more if their rings cannot be read.");
        }
    }

    private Answer retire(ConsoleCall call) {
        String id = requiredKey(call);
        if (!call.form().get("typed").map(String::strip).equals(Optional.of(id))) {
            throw new ConsoleException(CONFLICT, "The key was not retired", "The typed text is not the id of the key.");
        }
        Optional<Environment> environment = environment(call);
        Changes changes = application.changesBy(call.who());
        changed(() -> {
            if (environment.isPresent()) {
                changes.ring().retire(environment.get(), id);
            } else {
                changes.storageRing().retire(id);
            }
        });
        return Answer.redirect(Flash.RING_RETIRED.on(PATH));
    }

    /** Changes a file, whose messages are sentences for the operator. */
    private static boolean changed(Runnable change) {
        try {
            change.run();
            return true;
        } catch (StorageException e) {
            throw new ConsoleException(CONFLICT, "The ring was not changed", e.getMessage() + ".");
        }
    }
}
