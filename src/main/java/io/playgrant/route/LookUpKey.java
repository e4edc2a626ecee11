package io.playgrant.route;

import io.playgrant.account.Caller;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyStorage;
import io.playgrant.storage.StorageException;
import io.playgrant.token.KeyRequest;
import io.playgrant.token.TokenKey;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code look-up-key}: finds the stored ek of a {@link KeyRequest} that brings only a kek. Leaves the request as it is. */
final class LookUpKey implements Processor {

    /** The property that holds what was found. */
    static final String ENCRYPTED_KEY = "encryptedKey";

    private static final int SERVICE_UNAVAILABLE = 503;

    private final KeyStorage storage;

    LookUpKey(KeyStorage storage) {
        this.storage = storage;
    }

    @Override
    public void process(Exchange exchange) {
        KeyRequest request = exchange.getMessage().getBody(KeyRequest.class);
        Caller caller = FlowProperties.caller(exchange).orElseThrow();
        KeyId kid = TokenKey.kid(request);
        exchange.setProperty(ENCRYPTED_KEY, find(caller, kid, request.kid().name()));
    }

    private EncryptedKey find(Caller caller, KeyId kid, String name) {
        try {
            return storage.find(caller.account().number(), caller.environment(), kid)
                    .orElseThrow(
                            () -> TokenException.of(ErrorCode.KEY_STORAGE_FAILED, "no key is stored under " + name));
        } catch (StorageException e) {
            throw TokenException.of(ErrorCode.KEY_STORAGE_FAILED, "the key storage is out of reach, try again later")
                    .withStatus(SERVICE_UNAVAILABLE)
                    .because(String.valueOf(e.getMessage()));
        }
    }
}
