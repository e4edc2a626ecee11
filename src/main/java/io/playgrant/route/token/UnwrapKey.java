package io.playgrant.route.token;

import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyWrap;
import io.playgrant.contentkey.KeyWrapException;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.KeyRequest;
import io.playgrant.token.TokenKey;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code unwrap-key}: a wrapped {@link KeyRequest}, its ek sent or looked up, becomes a {@link TokenKey} (RFC 3394). */
public final class UnwrapKey implements Processor {

    @Override
    public void process(Exchange exchange) {
        KeyRequest request = exchange.getMessage().getBody(KeyRequest.class);
        boolean stored = request.ek().isAbsent();
        EncryptedKey wrapped = stored
                ? exchange.getProperty(LookUpKey.ENCRYPTED_KEY, EncryptedKey.class)
                : EncryptedKey.ofHex(request.ek().value());
        Kek kek = Kek.ofHex(request.kek().value());
        try {
            exchange.getMessage().setBody(TokenKey.of(request, KeyWrap.unwrap(kek, wrapped)));
        } catch (KeyWrapException e) {
            throw TokenException.of(
                    ErrorCode.INVALID_ENCRYPTED_KEY,
                    (stored ? "the stored key" : request.ek().name()) + " does not open under "
                            + request.kek().name());
        } finally {
            kek.wipe();
        }
    }
}
