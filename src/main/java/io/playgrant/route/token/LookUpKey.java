package io.playgrant.route.token;

import io.playgrant.account.Caller;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.storage.StorageException;
import io.playgrant.token.KeyRequest;
import io.playgrant.token.TokenKey;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code look-up-key}: finds the stored ek of a {@link KeyRequest} that brings only a kek. Leaves the request as it is. */
public final class LookUpKey implements Processor {

    /** The property that holds what was found. */
    static final String ENCRYPTED_KEY = "encryptedKey";

    private static final int SERVICE_UNAVAILABLE = 503;

    private final KeyLookup storage;
    private final Clock clock;

    public LookUpKey(KeyLookup storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
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
            KeyLookup.Found found = storage.find(caller.account().number(), caller.environment(), kid)
                    .orElseThrow(() -> refusal("no key is stored under " + name));
            if (found.isExpired(clock.instant())) {
                throw refusal("the key that is stored under " + name + " has expired");
            }
            return found.ek();
        } catch (StorageException e) {
            throw refusal("the key storage is out of reach, try again later")
                    .withStatus(SERVICE_UNAVAILABLE)
                    .because(String.valueOf(e.getMessage()));
        }
    }

    private static TokenException refusal(String details) {
        return TokenException.of(ErrorCode.KEY_STORAGE_FAILED, details);
    }
}
