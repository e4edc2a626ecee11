package io.playgrant.console.api;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.console.api.call.ApiException;
import io.playgrant.console.api.call.ApiJson;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.operator.Role;
import io.playgrant.packager.box.ProtectionScheme;
import io.playgrant.view.PackagerLines;
import io.playgrant.view.PackagerTool;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /accounts/{account}/keys/{kid}/packager-command}: the command lines with which packagers encrypt, without the key. */
final class PackagerCommandResource implements AdminApi.Resource {

    private static final String PATH = "/accounts/:account/keys/:kid/packager-command";
    private static final String HIDDEN = "KEY";

    private final Application application;

    PackagerCommandResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get(PATH, Role.VIEWER, this::show);
    }

    private Answer show(ConsoleCall call) {
        Input query = Input.query(call);
        Environment environment = query.environment();
        query.require("for");
        Optional<PackagerTool> tool = query.choice("for", PackagerTool.values(), PackagerTool::label);
        ProtectionScheme scheme = query.choice("scheme", ProtectionScheme.values(), ProtectionScheme::label)
                .orElse(ProtectionScheme.CENC);
        Optional<URI> server =
                query.read("server", PackagerCommandResource::url, "must be the http or https URL of a server");
        if (tool.equals(Optional.of(PackagerTool.FFMPEG)) && scheme != ProtectionScheme.CENC) {
            query.refuse("scheme", "must be cenc: ffmpeg encrypts with cenc only");
        }
        query.check();
        long account = AccountsResource.of(call, application).number();
        KeyId kid = KeysResource.kid(call);
        StoredKey key = application
                .storedKeys()
                .find(new Owner(account, environment), kid)
                .orElseThrow(() -> KeysResource.notFound(kid));
        if (key.isExpired(application.clock().instant())) {
            throw ApiException.conflict("The key has expired");
        }
        PackagerLines lines = new PackagerLines(
                List.of(new PackagerLines.Key(kid, HIDDEN)),
                scheme,
                null,
                key.contentId(),
                server.orElse(URI.create("http://127.0.0.1:8080/")),
                Long.toString(account));
        return ApiJson.ok(Map.of("lines", lines.of(tool.orElseThrow())));
    }

    private static Optional<URI> url(String text) {
        try {
            URI uri = new URI(text);
            boolean isServer = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return isServer ? Optional.of(uri) : Optional.empty();
        } catch (java.net.URISyntaxException e) {
            return Optional.empty();
        }
    }
}
