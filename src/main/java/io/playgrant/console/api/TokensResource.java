package io.playgrant.console.api;

import io.playgrant.account.Account;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Caller;
import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.audit.Audit;
import io.playgrant.batch.MessageReader;
import io.playgrant.batch.TokenResult;
import io.playgrant.batch.row.MessageException;
import io.playgrant.console.api.call.ApiException;
import io.playgrant.console.api.call.ApiJson;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.api.call.ProblemType;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.error.ErrorMessage;
import io.playgrant.operator.Role;
import io.playgrant.token.Claims;
import io.playgrant.token.ParameterNames;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenOpener;
import io.playgrant.view.RedemptionTrial;
import io.playgrant.view.TokenExplainer;
import io.playgrant.view.TokenText;
import io.playgrant.view.TokenView;
import java.net.InetAddress;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /tokens}: issues tokens, explains them, and shows whether they can be redeemed. Tokens are not stored. */
final class TokensResource implements AdminApi.Resource {

    private static final String AUTHENTICATOR = "customerAuthenticator";

    private final Application application;
    private final TokenIssuing issuing;

    TokensResource(Application application, TokenIssuing issuing) {
        this.application = application;
        this.issuing = issuing;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.create("/tokens", Role.SUPPORT, this::issue)
                .add("POST", "/tokens/explain", Role.SUPPORT, this::explain)
                .add("POST", "/tokens/redeem", Role.SUPPORT, this::redeem);
    }

    private Answer issue(ConsoleCall call) {
        Input body = Input.body(call);
        body.require("account", "parameters");
        Optional<Long> number = body.number("account", 1, Long.MAX_VALUE);
        Environment environment = body.environment();
        Optional<Parameters> parameters = parameters(body);
        body.check();
        Account account = application
                .accounts()
                .find(number.orElseThrow())
                .orElseThrow(() -> ApiException.invalid("account", "must be the number of an account"));
        TokenResult result =
                issuing.issue(new Caller(account, environment), parameters.orElseThrow(), call.requestId());
        ErrorMessage error = result.error();
        if (error != null) {
            throw ApiException.ofService(error);
        }
        String url = String.valueOf(result.licenseUrl());
        Claims claims = new TokenOpener(application.keyRing()).open(TokenText.of(url));
        audit(call, "token issue", claims.account(), claims.tokenId());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tokenId", claims.tokenId());
        json.put("expiresAt", claims.expiresAt().toString());
        json.put("licenseUrl", url);
        return ApiJson.ok(json).withStatus(201);
    }

    /** The parameters of the protocol, in the form that messages of queues have. */
    private static Optional<Parameters> parameters(Input body) {
        return body.raw("parameters").flatMap(sent -> {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("id", "console");
            message.put("parameters", sent);
            try {
                Parameters parameters = new MessageReader(Optional.empty())
                        .readSingle(ApiJson.write(message))
                        .parameters();
                parameters.names().forEach(name -> checkName(body, name));
                return Optional.of(parameters);
            } catch (MessageException e) {
                body.refuse("parameters", e.reason());
                return Optional.empty();
            }
        });
    }

    private static void checkName(Input body, String name) {
        if (name.equals(AUTHENTICATOR)) {
            body.refuse("parameters." + name, "is not sent here: account and environment say who asks");
        } else if (!ParameterNames.isKnown(name)) {
            body.refuse("parameters." + name, "is not a parameter of the protocol");
        }
    }

    private Answer explain(ConsoleCall call) {
        Input body = Input.body(call);
        body.require("token");
        Optional<String> token = Inputs.token(body, "token");
        boolean reveals = body.flag("revealKeys").orElse(false);
        body.check();
        if (reveals && !call.mayDo(Role.ADMIN)) {
            throw ApiException.of(ProblemType.FORBIDDEN, "revealKeys needs the role admin");
        }
        TokenExplainer explainer = new TokenExplainer(
                new TokenOpener(application.keyRing()),
                application.revocations(),
                application.redemptions(),
                application.clock());
        TokenView view = explainer.explain(token.orElseThrow(), reveals);
        if (reveals && view.claims().get("account") instanceof Long account) {
            audit(call, "token reveal", account, String.valueOf(view.claims().get("tokenId")));
        }
        return ApiJson.ok(view.json());
    }

    private void audit(ConsoleCall call, String action, long account, String tokenId) {
        Audit audit = application.changesBy(call.who()).audit();
        application.database().inTransaction(handle -> {
            audit.add(handle, action, account, "token=" + tokenId);
            return account;
        });
    }

    private Answer redeem(ConsoleCall call) {
        Input body = Input.body(call);
        body.require("token");
        Optional<String> token = Inputs.token(body, "token");
        Optional<String> host = body.text("token").flatMap(text -> host(body, text));
        Optional<InetAddress> address =
                body.read("address", AddressRange::parseAddress, "must be an IPv4 or IPv6 address");
        Optional<byte[]> challenge = body.read("challenge", TokensResource::base64, "must be base64");
        body.check();
        RedemptionTrial.Result result = application
                .redemptionTrial(application.redemptionServices())
                .run(new RedemptionTrial.Request(
                        token.orElseThrow(),
                        host,
                        address,
                        challenge.<byte @Nullable []>map(bytes -> bytes).orElse(null),
                        false));
        return ApiJson.ok(result.json());
    }

    private static Optional<String> host(Input body, String text) {
        String url = text.strip();
        if (!url.contains("://")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(URI.create(url).getAuthority());
        } catch (IllegalArgumentException e) {
            body.refuse("token", "must be a licence URL, or a token");
            return Optional.empty();
        }
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
