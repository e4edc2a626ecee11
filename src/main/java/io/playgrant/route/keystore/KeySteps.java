package io.playgrant.route.keystore;

import io.playgrant.account.Authenticator;
import io.playgrant.app.Application;
import io.playgrant.keystore.KeyService;
import io.playgrant.route.exchange.Authenticate;
import io.playgrant.route.http.CallOrigin;
import io.playgrant.storage.DatabaseBulkhead;
import org.apache.camel.spi.Registry;

/** The steps of the route of the key storage. */
public final class KeySteps {

    private final CallOrigin origin;
    private final Authenticator authenticator;
    private final KeyOperations operations;
    private final DatabaseBulkhead storage = new DatabaseBulkhead();

    public KeySteps(Application application, CallOrigin origin, Authenticator authenticator) {
        this.origin = origin;
        this.authenticator = authenticator;
        this.operations =
                new KeyOperations(new KeyService(application.storedKeys(), application.clock(), application.random()));
    }

    public void bind(Registry registry) {
        registry.bind("read-key-call", new ReadKeyCall(origin));
        registry.bind("authenticate-key-caller", Authenticate.forStorage(authenticator));
        registry.bind("create-key", step(operations::createKey));
        registry.bind("update-key", step(operations::updateKey));
        registry.bind("read-keys", step(operations::readKeys));
        registry.bind("read-key-values", step(operations::readKeyValues));
        registry.bind("list-keys", step(operations::listKeys));
        registry.bind("delete-key", step(operations::deleteKey));
        registry.bind("count-keys", step(operations::countKeys));
        registry.bind("refuse-key-call", new RefuseKeyCall());
    }

    private KeyStep step(KeyStep.Operation operation) {
        return new KeyStep(operation, storage);
    }
}
