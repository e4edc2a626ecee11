package io.playgrant.bench.server;

import io.playgrant.account.Caller;
import io.playgrant.account.CreditBlocks;
import io.playgrant.account.RateLimits;
import io.playgrant.app.Application;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.ErrorMessage;
import io.playgrant.error.TokenException;
import io.playgrant.observe.Metrics;
import io.playgrant.observe.RequestMeters;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.token.Claims;
import io.playgrant.token.KeyRequest;
import io.playgrant.token.LicenseToken;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service's {@code /hms/wv/token} as one would write it by hand on Vert.x, without Camel: the same checks, keys, tokens, charges,
 * records, meters and errors, all on the event loop.
 *
 * <p>It lacks what only an operator or an attacker would miss: the look-up of an account or a key that is not in memory blocks the event
 * loop, and there is no admission control, no graceful shutdown, and no time of each step.
 */
public final class HandWrittenServer {

    private final Application application;
    private final PlainFlow flow;
    private final RateLimits limits = new RateLimits();
    private final CreditBlocks credits;
    private final RecordWriter records;
    private final RefusalLog log = new RefusalLog();
    private final RequestMeters meters = new Metrics().requests("http");
    private final ErrorAnswers errors = new ErrorAnswers();
    private final CallReader reader;

    private HandWrittenServer(Application application) {
        this.application = application;
        this.flow = new PlainFlow(application);
        this.credits = application.newCreditBlocks();
        this.records = application.newRecordWriter();
        this.reader = new CallReader(application.settings());
    }

    /** Arguments: the port, and the data folder. */
    public static void main(String[] arguments) throws IOException {
        Application application =
                Application.openToServe(BenchFolder.settings(Path.of(arguments[1]), Map.of("PLAYGRANT_HTTP_PORT", arguments[0])));
        HandWrittenServer server = new HandWrittenServer(application);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        EventLoops.serve(Integer.parseInt(arguments[0]), server::receive);
    }

    private void close() {
        records.close();
        credits.close();
        flow.close();
        application.close();
    }

    private void receive(HttpServerRequest request) {
        request.body().onSuccess(body -> answer(new PlainCall(request), body));
    }

    private void answer(PlainCall call, Buffer body) {
        try {
            reader.read(call, body.getBytes());
            call.succeed(licenseUrl(call));
            meters.succeeded();
        } catch (TokenException e) {
            TokenException refusal = recorded(call, e);
            log.add(refusal, call.id(), "http", Optional.ofNullable(call.caller));
            errors.write(call, refusal);
            meters.refused(refusal.code());
        }
        meters.took(call.nanos());
    }

    /** The flow of routes/token.camel.yaml. */
    private String licenseUrl(PlainCall call) {
        TokenRequest request = call.tokenRequest();
        flow.checkErrorFormat(request);
        Caller caller = flow.identify(request);
        call.caller = caller;
        flow.admit(caller, call.origin());
        flow.validate(request, caller);
        List<TokenKey> keys = flow.keys(request, caller);
        limits.check(caller.account());
        LicenseToken token = flow.mint(request, caller, keys);
        String url = token.url(call.rightsUrl(), request.wantsHttps());
        records.awaitRoom();
        credits.charge(caller.account());
        records.add(issued(call, token.claims()));
        return url;
    }

    /** If the refusal of a known caller cannot be recorded, that is the refusal instead. */
    private TokenException recorded(PlainCall call, TokenException refusal) {
        if (call.caller == null) {
            return refusal;
        }
        try {
            records.awaitRoom();
            records.add(refused(call, call.caller, refusal.code()));
            return refusal;
        } catch (TokenException notRecorded) {
            return notRecorded;
        }
    }

    private TokenRecord issued(PlainCall call, Claims claims) {
        List<KeyId> kids = claims.keys().stream().map(TokenKey::kid).toList();
        return record(
                call,
                claims.tokenId(),
                new Caller(call.knownCaller().account(), claims.environment()),
                TokenRecord.ISSUED,
                kids);
    }

    private TokenRecord refused(PlainCall call, Caller caller, ErrorCode code) {
        List<KeyId> kids = call.tokenRequest().keys().stream()
                .map(KeyRequest::readableKid)
                .flatMap(Optional::stream)
                .toList();
        return record(call, null, caller, code.number(), kids);
    }

    private TokenRecord record(
            PlainCall call, @Nullable String tokenId, Caller caller, int code, List<KeyId> kids) {
        TokenRequest request = call.tokenRequest();
        return new TokenRecord(
                application.clock().instant(),
                call.id(),
                tokenId,
                caller.account().number(),
                caller.environment(),
                code,
                kids,
                request.contentId().isSingle() ? request.contentId().value() : null,
                request.cookie().isSingle() ? request.cookie().value() : null,
                TokenRecord.Source.HTTP,
                call.address(), null);
    }
}
