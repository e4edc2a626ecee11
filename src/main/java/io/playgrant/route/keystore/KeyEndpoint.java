package io.playgrant.route.keystore;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyObject;
import io.playgrant.keystore.KeyService;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.http.AdmittedCall;
import io.playgrant.route.http.Endpoint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** {@code /keystore/…}: the key storage over HTTP (protocol section 6). */
public final class KeyEndpoint {

    private static final Endpoint ENDPOINT =
            Endpoint.at("/keystore/", "keystore").withJsonErrors().readBy(KeyCall::of);

    private final KeyService service;
    private final KeyStorageAccess access = new KeyStorageAccess();

    public KeyEndpoint(KeyService service) {
        this.service = service;
    }

    /** Declares the endpoint, and binds its steps. */
    public void bind(StepRegistry steps) {
        ENDPOINT.bind(steps);
        for (KeyOperation operation : KeyOperation.values()) {
            steps.decision(
                    "operation-is-" + operation.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    KeyCall.class,
                    call -> call.operation().filter(operation::equals).isPresent());
        }
        steps.decision(
                "operation-is-not-delete",
                KeyCall.class,
                call -> call.operation().filter(KeyOperation.DELETE::equals).isEmpty());
        bind(steps, "create-key", this::createKey);
        bind(steps, "update-key", this::updateKey);
        bind(steps, "read-keys", this::readKeys);
        bind(steps, "read-key-values", this::readKeyValues);
        bind(steps, "list-keys", this::listKeys);
        bind(steps, "delete-key", this::deleteKey);
        bind(steps, "count-keys", this::countKeys);
        steps.processor("refuse-key-call", KeyEndpoint::refuse);
    }

    private void bind(StepRegistry steps, String name, Function<KeyCall, KeyAnswer> operation) {
        steps.processor(
                name,
                exchange -> access.perform(RequestContext.of(exchange, KeyCall.class), operation)
                        .writeTo(exchange.getMessage()));
    }

    private KeyAnswer createKey(KeyCall call) {
        KeyService.Creation creation = call.withKek(kek -> service.create(call.owner(), call.fields(), kek));
        return creation.isNew()
                ? KeyAnswer.created(creation.key(), "/keys/" + creation.key().kid())
                : KeyAnswer.of(creation.key());
    }

    private KeyAnswer updateKey(KeyCall call) {
        return KeyAnswer.of(call.withKek(kek -> service.update(call.owner(), call.kid(), call.fields(), kek)));
    }

    private KeyAnswer readKeys(KeyCall call) {
        List<KeyObject> keys = call.withKek(kek -> service.read(call.owner(), call.kids(), kek));
        return KeyAnswer.of(keys.size() == 1 ? keys.get(0) : keys);
    }

    private KeyAnswer readKeyValues(KeyCall call) {
        List<String> values = call.withKek(kek -> service.readValues(call.owner(), call.kids(), kek));
        return KeyAnswer.of(String.join(",", values));
    }

    private KeyAnswer listKeys(KeyCall call) {
        return KeyAnswer.of(call.withKek(kek -> service.page(call.owner(), call.after(), call.limit(), kek)));
    }

    private KeyAnswer deleteKey(KeyCall call) {
        service.delete(call.owner(), call.kid());
        return KeyAnswer.of("");
    }

    private KeyAnswer countKeys(KeyCall call) {
        return KeyAnswer.of(Map.of("keyCount", service.count(call.owner())));
    }

    /** The path knows no such method, or there is no such path. */
    private static void refuse(Exchange exchange) {
        List<String> methods = RequestContext.of(exchange, KeyCall.class).path().methods();
        if (methods.isEmpty()) {
            throw TokenException.of(ErrorCode.NOT_FOUND, "keys are at /keystore/keys");
        }
        throw AdmittedCall.of(exchange).refuseMethod(methods, "use " + String.join(", ", methods));
    }
}
