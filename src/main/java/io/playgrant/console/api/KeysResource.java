package io.playgrant.console.api;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.app.Changes;
import io.playgrant.console.api.call.ApiException;
import io.playgrant.console.api.call.ApiJson;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.EntityTag;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.api.call.Paging;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.HeldKeyService;
import io.playgrant.keystore.KeyFields;
import io.playgrant.keystore.KeyImport;
import io.playgrant.keystore.KeyObject;
import io.playgrant.keystore.KeyService;
import io.playgrant.keystore.KeyService.Creation;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.operator.Role;
import io.playgrant.view.KeyView;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code /accounts/{account}/keys}: the stored keys of an account, without their values in clear. */
final class KeysResource implements AdminApi.Resource {

    private static final String PATH = "/accounts/:account/keys";
    private static final String ONE = PATH + "/:kid";
    private static final int MOST_IMPORTED = 1_000;
    private static final List<String> DELETABLE = List.of("info", "contentId", "expiration");
    private static final List<String> MEMBERS = List.of("info", "contentId", "expiration", "ek", "k", "kekId");

    private final Application application;

    KeysResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get(PATH, Role.VIEWER, this::list)
                .create(PATH, Role.ADMIN, this::create)
                .create(PATH + "/import", Role.ADMIN, this::importAll)
                .get(ONE, Role.VIEWER, this::show)
                .add("PATCH", ONE, Role.ADMIN, this::change)
                .add("DELETE", ONE, Role.ADMIN, this::delete)
                .add("POST", ONE + "/reveal", Role.ADMIN, this::reveal);
    }

    private static KeyService service(Application application, Changes changes, @Nullable Check check) {
        return new KeyService(
                check == null ? changes.keys() : new CheckedKeys(changes.keys(), check::of),
                application.clock(),
                application.random());
    }

    /** Looks at a key before it changes. */
    private interface Check {
        void of(StoredKey key);
    }

    private HeldKeyService heldService(Changes changes) {
        return new HeldKeyService(changes.keys(), application.heldKeys(), application.clock(), application.random());
    }

    private Owner owner(ConsoleCall call, Environment environment) {
        return new Owner(AccountsResource.of(call, application).number(), environment);
    }

    static KeyId kid(ConsoleCall call) {
        return KeyFields.readKid("kid", call.path("kid"));
    }

    static ApiException notFound(KeyId kid) {
        return ApiException.notFound("There is no key " + kid + " of this account and environment");
    }

    private StoredKey find(Owner owner, KeyId kid) {
        return application.storedKeys().find(owner, kid).orElseThrow(() -> notFound(kid));
    }

    private KeyObject describe(Owner owner, KeyId kid) {
        return new KeyService(application.storedKeys(), application.clock(), application.random())
                .find(owner, kid, null)
                .orElseThrow(() -> notFound(kid));
    }

    /** When a held key is wrapped anew, nothing changes for anybody. When a key expires, it changes without a change. */
    private EntityTag tag(StoredKey key) {
        return EntityTag.ofContent(List.of(
                        key.isHeld()
                                ? "held"
                                : HexFormat.of().formatHex(key.ek().toByteArray()),
                        key.kekId(),
                        String.valueOf(key.info()),
                        String.valueOf(key.contentId()),
                        String.valueOf(key.expiration()),
                        key.lastUpdate().toString(),
                        String.valueOf(key.trackType())))
                .with(key.isExpired(application.clock().instant()));
    }

    private Answer list(ConsoleCall call) {
        Input query = Input.query(call);
        Environment environment = query.environment();
        Paging<KeyId> paging = Paging.of(query, KeysResource::place);
        query.check();
        List<KeyObject> found = new KeyService(application.storedKeys(), application.clock(), application.random())
                .page(owner(call, environment), paging.after().orElse(null), paging.limit() + 1, null);
        String path = ApiRoutes.BASE + "/accounts/" + call.path("account") + "/keys";
        return paging.answer(call, path, found, KeyView::json, KeyObject::kid);
    }

    private static Optional<KeyId> place(String text) {
        return text.matches("[0-9a-f]{32}") ? Optional.of(KeyId.ofHex(text)) : Optional.empty();
    }

    private Answer create(ConsoleCall call) {
        Input body = Input.body(call);
        Environment environment = body.environment();
        boolean held = body.flag("held").orElse(false);
        Map<String, String> members =
                members(body, "kid", "info", "contentId", "expiration", "ek", "k", "kekId", "trackType");
        Optional<String> kek = kek(body);
        if (held) {
            for (String name : List.of("kek", "kekId", "ek")) {
                if (body.has(name)) {
                    body.refuse(name, "does not go with held");
                }
            }
        } else if (body.has("trackType")) {
            body.refuse("trackType", "needs held");
        }
        body.check();
        Owner owner = owner(call, environment);
        Changes changes = application.changesBy(call.who());
        if (held) {
            Inputs.requireStorageRing(application);
        }
        KeyFields fields = KeyFields.of(members);
        Creation creation = held
                ? heldService(changes).create(owner, fields)
                : withKek(kek, opened -> create(changes, owner, fields, opened));
        KeyObject key = KeyView.masked(creation.key());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("isNew", creation.isNew());
        json.put("key", KeyView.json(key));
        Answer created = ApiRoutes.created(
                "/accounts/" + owner.account() + "/keys/" + key.kid() + "?environment=" + environment.label(), json);
        return (creation.isNew() ? created : ApiJson.ok(json))
                .with("ETag", tag(find(owner, KeyId.ofHex(key.kid()))).toString());
    }

    /** Refuses a key if another one is stored under the kid: the caller must not mistake it for the one given. */
    private Creation create(Changes changes, Owner owner, KeyFields fields, @Nullable Kek kek) {
        KeyService service = service(application, changes, null);
        Creation creation = service.create(owner, fields, kek);
        KeyId kid = KeyId.ofHex(creation.key().kid());
        if (!creation.isNew() && !service.holds(owner, kid, fields, kek)) {
            throw ApiException.conflict(
                    "A different key, or the same key under a different kek, is already stored under " + kid);
        }
        return creation;
    }

    private Answer importAll(ConsoleCall call) {
        Input body = Input.body(call);
        body.require("keys");
        Environment environment = body.environment();
        boolean held = body.flag("held").orElse(false);
        Optional<String> kek = kek(body);
        if (held && kek.isPresent()) {
            body.refuse("kek", "does not go with held");
        }
        List<Map<String, String>> keys = new ArrayList<>();
        body.objects(
                "keys",
                MOST_IMPORTED,
                key -> keys.add(
                        members(key, "kid", "info", "contentId", "expiration", "ek", "k", "kekId", "trackType")));
        body.check();
        Owner owner = owner(call, environment);
        Changes changes = application.changesBy(call.who());
        if (held) {
            Inputs.requireStorageRing(application);
        }
        List<KeyFields> fields = keys.stream().map(KeyFields::of).toList();
        List<KeyImport.Outcome> outcomes = held
                ? new KeyImport(changes.keys(), heldService(changes), owner).store(fields)
                : withKek(
                        kek,
                        opened -> new KeyImport(changes.keys(), service(application, changes, null), owner, opened)
                                .store(fields));
        return ApiJson.ok(Map.of(
                "outcomes",
                IntStream.range(0, outcomes.size())
                        .mapToObj(i -> outcome(keys.get(i).get("kid"), outcomes.get(i)))
                        .toList()));
    }

    private static Map<String, @Nullable Object> outcome(@Nullable String kid, KeyImport.Outcome outcome) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        // Clients sometimes send a key there by mistake.
        json.put("kid", outcome.kind() == KeyImport.Kind.REFUSED ? null : kid);
        json.put("outcome", outcome.kind().label());
        json.put("reason", outcome.reason().isEmpty() ? null : outcome.reason());
        return json;
    }

    private Answer show(ConsoleCall call) {
        Input query = Input.query(call);
        Environment environment = query.environment();
        query.check();
        Owner owner = owner(call, environment);
        KeyId kid = kid(call);
        return tag(find(owner, kid)).answer(call, KeyView.json(describe(owner, kid)));
    }

    private Answer change(ConsoleCall call) {
        Input body = Input.body(call);
        Environment environment = body.environment();
        Map<String, @Nullable String> members = new LinkedHashMap<>();
        for (String name : MEMBERS) {
            boolean isDeletable = DELETABLE.contains(name);
            Optional<String> text = isDeletable ? body.textOrNull(name) : body.text(name);
            if (body.has(name)) {
                // Null deletes.
                members.put(name, text.orElse(null));
            }
        }
        Optional<String> kek = kek(body);
        body.check();
        Owner owner = owner(call, environment);
        KeyId kid = kid(call);
        KeyFields fields = KeyFields.read(ApiJson.write(members));
        KeyObject changed = withKek(
                kek,
                opened -> service(application, application.changesBy(call.who()), key -> tag(key).require(call))
                        .update(owner, kid, fields, opened));
        return tag(find(owner, kid)).answer(KeyView.json(KeyView.masked(changed)));
    }

    private Answer delete(ConsoleCall call) {
        Input query = Input.query(call);
        Environment environment = query.environment();
        query.check();
        Owner owner = owner(call, environment);
        KeyId kid = kid(call);
        if (!application.changesBy(call.who()).keys().delete(owner, kid, key -> tag(key).require(call))) {
            throw notFound(kid);
        }
        return Answer.empty();
    }

    private Answer reveal(ConsoleCall call) {
        Input body = Input.body(call);
        Environment environment = body.environment();
        Optional<String> kek = kek(body);
        body.check();
        Owner owner = owner(call, environment);
        StoredKey key = find(owner, kid(call));
        if (key.isExpired(application.clock().instant())) {
            throw ApiException.conflict("The key has expired");
        }
        if (!key.isHeld() && kek.isEmpty()) {
            throw ApiException.invalid("kek", "is missing: a client's kek wraps the key");
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kid", key.kid().toString());
        json.put("k", application.database().inTransaction(handle -> {
            application
                    .changesBy(call.who())
                    .audit()
                    .add(
                            handle,
                            "key reveal",
                            owner.account(),
                            "environment=" + environment.label() + " kid=" + key.kid());
            return withKek(kek, opened -> KeyValues.reveal(key, opened, application.heldKeys()));
        }));
        return ApiJson.ok(json);
    }

    /** The members of a key object, as texts; the room checks them. */
    private static Map<String, String> members(Input body, String... names) {
        Map<String, String> members = new LinkedHashMap<>();
        for (String name : names) {
            if (name.equals("trackType")) {
                body.number(name, 0, 4).ifPresent(number -> members.put(name, number.toString()));
            } else {
                body.text(name).ifPresent(text -> members.put(name, text));
            }
        }
        return members;
    }

    private static Optional<String> kek(Input body) {
        return body.read(
                "kek",
                text -> text.matches("(?:[0-9A-Fa-f]{32}){1,2}|[0-9A-Fa-f]{48}") ? Optional.of(text) : Optional.empty(),
                "must be 32, 48 or 64 hexadecimal digits");
    }

    private static <T> T withKek(Optional<String> kek, Function<@Nullable Kek, T> work) {
        if (kek.isEmpty()) {
            return work.apply(null);
        }
        Kek opened = Kek.ofHex(kek.get());
        try {
            return work.apply(opened);
        } finally {
            opened.wipe();
        }
    }
}
