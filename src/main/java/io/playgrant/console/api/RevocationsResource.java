package io.playgrant.console.api;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.console.api.call.ApiException;
import io.playgrant.console.api.call.ApiJson;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.api.call.Paging;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.TokenException;
import io.playgrant.operator.Role;
import io.playgrant.revocation.Revocation;
import io.playgrant.revocation.Revocations;
import io.playgrant.revocation.Revocations.Made;
import io.playgrant.revocation.Scope;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenOpener;
import io.playgrant.view.RevocationView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /revocations}. A revocation never changes; it is made and withdrawn. */
final class RevocationsResource implements AdminApi.Resource {

    private static final String PATH = "/revocations";
    private static final String ONE = PATH + "/:id";

    private final Application application;

    RevocationsResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get(PATH, Role.VIEWER, this::list)
                .create(PATH, Role.SUPPORT, this::revoke)
                .get(ONE, Role.VIEWER, this::show)
                .add("DELETE", ONE, Role.SUPPORT, this::withdraw);
    }

    private Answer list(ConsoleCall call) {
        Input query = Input.query(call);
        Paging<Long> paging = Paging.byNumber(query);
        query.check();
        List<Revocation> found = application.revocations().page(paging.after().orElse(0L), paging.limit() + 1);
        return paging.answer(
                call, ApiRoutes.BASE + PATH, found, RevocationView::json, revocation -> Long.toString(revocation.id()));
    }

    private Answer show(ConsoleCall call) {
        Input.query(call).check();
        long id = ApiRoutes.number(call, "id");
        return ApiJson.ok(RevocationView.json(application.revocations().find(id).orElseThrow(() -> notFound(id))));
    }

    private static ApiException notFound(long id) {
        return ApiException.notFound("There is no revocation " + id);
    }

    private Answer withdraw(ConsoleCall call) {
        Input.query(call).check();
        long id = ApiRoutes.number(call, "id");
        if (!application.changesBy(call.who()).revocations().withdraw(id)) {
            throw notFound(id);
        }
        return Answer.empty();
    }

    private Answer revoke(ConsoleCall call) {
        Input body = Input.body(call);
        Optional<String> token = Inputs.token(body, "token");
        Optional<String> tokenId = Inputs.tokenId(body, "tokenId");
        Optional<KeyId> kid = Inputs.kid(body, "kid");
        Optional<Long> account = body.number("account", 1, Long.MAX_VALUE);
        Optional<Environment> environment = body.optionalEnvironment();
        Optional<Instant> before = body.time("issuedBefore");
        String reason = body.line("reason", 0, Revocations.LONGEST_REASON).orElse("");
        Instant now = application.clock().instant();
        checkScope(body);
        before.ifPresent(time -> checkBefore(body, time, now));
        body.check();
        Revocations revocations = application.changesBy(call.who()).revocations();
        Made made;
        if (token.isPresent()) {
            made = revocations.revoke(open(token.get(), now), reason);
        } else if (tokenId.isPresent()) {
            made = revocations.revoke(Scope.ofTokenId(tokenId.get()), reason);
        } else {
            requireOnceMade(account);
            made = revocations.revoke(
                    new Scope(
                            null,
                            kid.orElse(null),
                            account.orElse(null),
                            environment.orElse(null),
                            before.orElseGet(
                                    () -> now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1))),
                    reason);
        }
        Map<String, @Nullable Object> json = RevocationView.json(made);
        return made.isNew() ? ApiRoutes.created(PATH + "/" + made.revocation().id(), json) : ApiJson.ok(json);
    }

    private static void checkScope(Input body) {
        long tokens = Stream.of("token", "tokenId").filter(body::has).count();
        boolean namesMany = body.has("kid") || body.has("account");
        if (tokens + (namesMany ? 1 : 0) != 1) {
            body.refuse(
                    "token", "must be given, or tokenId, or kid or account or both, but not more than one of these");
        }
        if (tokens > 0) {
            Stream.of("environment", "issuedBefore")
                    .filter(body::has)
                    .forEach(name -> body.refuse(name, "goes with kid or account only"));
        }
    }

    private static void checkBefore(Input body, Instant before, Instant now) {
        if (before.isAfter(now.plus(Scope.CLOCKS_DIFFER))) {
            body.refuse("issuedBefore", "must not be more than an hour in the future");
        } else if (!before.plus(Scope.LONGEST_LIFE).isAfter(now)) {
            body.refuse("issuedBefore", "must be later: every token issued before has expired");
        }
    }

    private void requireOnceMade(Optional<Long> account) {
        if (account.isPresent() && !application.accounts().wasMade(account.get())) {
            throw ApiException.invalid("account", "must be the number of an account that exists or existed");
        }
    }

    private Claims open(String token, Instant now) {
        Claims claims;
        try {
            claims = new TokenOpener(application.keyRing()).open(token);
        } catch (TokenException e) {
            throw ApiException.invalid("token", "must be a token of this installation: " + e.reason());
        }
        if (!now.isBefore(claims.expiresAt())) {
            throw ApiException.conflict("The token need not be revoked: it expired at " + claims.expiresAt());
        }
        return claims;
    }
}
