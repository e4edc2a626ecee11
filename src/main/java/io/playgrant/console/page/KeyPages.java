package io.playgrant.console.page;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsoleException;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyFields;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.operator.Role;
import io.playgrant.packager.box.ProtectionScheme;
import io.playgrant.view.PackagerLines;
import io.playgrant.view.PackagerTool;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stored keys of an account, and the page of a key with the command of its packager. No page shows a key. */
final class KeyPages implements ConsolePart {

    private static final String PATH = "/console/keys";
    private static final int LARGEST_PAGE = 100;
    private static final int NOT_FOUND = 404;
    private static final String HIDDEN = "KEY";
    private static final List<String> TRACKS = List.of("SD", "HD", "AUDIO", "UHD1", "UHD2");

    private final Templates templates;
    private final Application application;

    /** Pages of these stored keys. */
    KeyPages(Templates templates, Application application) {
        this.templates = templates;
        this.application = application;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page("GET", PATH, Role.VIEWER, this::list)
                .page("GET", PATH + "/:account/:environment/:kid", Role.VIEWER, this::show);
    }

    private Answer list(ConsoleCall call) {
        String number = call.query("account").map(String::strip).orElse("");
        String kid = call.query("kid").map(String::strip).orElse("");
        Environment environment =
                environment(call.query("environment").orElse("")).orElse(Environment.PRODUCTION);
        Map<String, Object> model = new HashMap<>(Map.of(
                "account",
                number,
                "kid",
                kid,
                "production",
                environment == Environment.PRODUCTION,
                "error",
                "",
                "any",
                false,
                "more",
                "",
                "nothing",
                "",
                "caption",
                "",
                "rows",
                List.of()));
        model.put("asked", !number.isEmpty());
        Optional<Owner> owner = account(number).map(known -> new Owner(known, environment));
        if (owner.isEmpty()) {
            model.put("error", number.isEmpty() ? "" : "There is no such account.");
        } else if (kid.isEmpty()) {
            addPage(model, owner.get(), call.query("after").orElse(""));
        } else {
            Optional<KeyId> id = read(kid);
            if (id.flatMap(known -> application.storedKeys().find(owner.get(), known))
                    .isPresent()) {
                return Answer.redirect(path(owner.get(), id.get()));
            }
            model.put("error", id.isEmpty() ? "A key id has 32 hexadecimal digits, or ^ and 1 to 64 characters." : "");
            model.put("nothing", id.isEmpty() ? "" : "The account stores no key with this id in this environment.");
        }
        return Answer.html(templates.page("keys", PageHead.of(call, "Keys", MenuItem.KEYS), model));
    }

    private void addPage(Map<String, Object> model, Owner owner, String after) {
        Instant now = application.clock().instant();
        List<StoredKey> found = application.storedKeys().page(owner, read(after).orElse(null), LARGEST_PAGE + 1);
        List<StoredKey> page = found.subList(0, Math.min(found.size(), LARGEST_PAGE));
        model.put("any", !page.isEmpty());
        model.put(
                "caption",
                "Stored keys of account " + owner.account() + ", "
                        + owner.environment().label() + ", by key id");
        model.put("nothing", page.isEmpty() ? "The account stores no key in this environment." : "");
        model.put("rows", page.stream().map(key -> facts(owner, key, now)).toList());
        if (found.size() > page.size()) {
            model.put(
                    "more",
                    PATH + "?account=" + owner.account() + "&environment="
                            + owner.environment().label() + "&after="
                            + page.get(page.size() - 1).kid());
        }
    }

    private Optional<Long> account(String text) {
        try {
            return Optional.of(Long.parseLong(text))
                    .filter(number -> application.accounts().find(number).isPresent());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Environment> environment(String label) {
        return Arrays.stream(Environment.values())
                .filter(environment -> environment.label().equals(label))
                .findFirst();
    }

    private static Optional<KeyId> read(String text) {
        try {
            return Optional.of(KeyFields.readKid("kid", text));
        } catch (TokenException e) {
            return Optional.empty();
        }
    }

    private static String path(Owner owner, KeyId kid) {
        return PATH + "/" + owner.account() + "/" + owner.environment().label() + "/" + kid;
    }

    private static Map<String, Object> facts(Owner owner, StoredKey key, Instant now) {
        boolean expired = key.isExpired(now);
        Map<String, Object> facts = new HashMap<>();
        facts.put("id", key.kid().toString());
        facts.put("href", path(owner, key.kid()));
        facts.put("expired", expired);
        facts.put("state", expired ? "expired" : "current");
        facts.put("stateKind", expired ? "warn" : "good");
        facts.put("wrappedBy", wrappedBy(key));
        facts.put("content", orDash(key.contentId()));
        facts.put("track", track(key.trackType()));
        facts.put("info", orDash(key.info()));
        facts.put("expires", PageText.timeOrNone(key.expiration(), now));
        facts.put("changed", PageText.time(key.lastUpdate(), now));
        return facts;
    }

    private static String wrappedBy(StoredKey key) {
        if (key.isHeld()) {
            return "the service, with " + key.heldBy();
        }
        return key.kekId().isEmpty() ? "a client’s kek" : "a client’s kek, " + key.kekId();
    }

    private static String track(@Nullable Integer type) {
        return type == null ? "–" : type < TRACKS.size() ? TRACKS.get(type) : type.toString();
    }

    private static String orDash(@Nullable String text) {
        return text == null || text.isEmpty() ? "–" : text;
    }

    private Answer show(ConsoleCall call) {
        Owner owner = environment(call.path("environment"))
                .flatMap(environment -> account(call.path("account")).map(number -> new Owner(number, environment)))
                .orElseThrow(KeyPages::noSuchKey);
        StoredKey key = read(call.path("kid"))
                .flatMap(kid -> application.storedKeys().find(owner, kid))
                .orElseThrow(KeyPages::noSuchKey);
        Map<String, Object> model =
                new HashMap<>(facts(owner, key, application.clock().instant()));
        model.put("account", owner.account());
        model.put("environment", owner.environment().label());
        model.put(
                "back",
                PATH + "?account=" + owner.account() + "&environment="
                        + owner.environment().label());
        model.put("self", path(owner, key.kid()));
        model.put("uuid", key.kid().toUuid().toString());
        model.put(
                "valueHint",
                key.isHeld() ? "held by the service" : "only the client’s kek opens it, which is not stored");
        addLines(model, call, owner, key);
        return Answer.html(templates.page("key", PageHead.of(call, "Key " + key.kid(), MenuItem.KEYS), model));
    }

    private void addLines(Map<String, Object> model, ConsoleCall call, Owner owner, StoredKey key) {
        PackagerTool tool = PackagerTool.of(call.query("for").orElse("")).orElse(PackagerTool.SHAKA);
        ProtectionScheme scheme =
                ProtectionScheme.ofLabel(call.query("scheme").orElse("")).orElse(ProtectionScheme.CENC);
        boolean possible = tool != PackagerTool.FFMPEG || scheme == ProtectionScheme.CENC;
        List<String> lines = possible
                ? new PackagerLines(
                                List.of(new PackagerLines.Key(key.kid(), HIDDEN)),
                                scheme,
                                null,
                                key.contentId(),
                                server(),
                                Long.toString(owner.account()))
                        .of(tool)
                : List.of();
        model.put("hasLines", possible);
        model.put("lines", lines);
        model.put("refused", possible ? "" : "ffmpeg encrypts with cenc only.");
        model.put(
                "tools",
                Arrays.stream(PackagerTool.values())
                        .map(one -> Map.of("tool", one.label(), "label", label(one), "selected", one == tool))
                        .toList());
        model.put(
                "schemes",
                Arrays.stream(ProtectionScheme.values())
                        .map(one -> Map.of("scheme", one.label(), "selected", one == scheme))
                        .toList());
    }

    private static String label(PackagerTool tool) {
        return switch (tool) {
            case SHAKA -> "Shaka Packager";
            case SHAKA_SERVER -> "Shaka Packager, with the key server";
            case BENTO4 -> "Bento4";
            case FFMPEG -> "ffmpeg";
            case CPIX -> "CPIX document";
        };
    }

    /** The service as players reach it; otherwise as it listens. */
    private URI server() {
        return application
                .settings()
                .rightsUrl()
                .map(url -> URI.create(url.getScheme() + "://" + url.getRawAuthority()))
                .orElseGet(() -> URI.create(application.settings().http().scheme() + "://127.0.0.1:"
                        + application.settings().http().port()));
    }

    private static ConsoleException noSuchKey() {
        return new ConsoleException(
                NOT_FOUND, "No such key", "The account stores no key with this id in this environment.");
    }
}
