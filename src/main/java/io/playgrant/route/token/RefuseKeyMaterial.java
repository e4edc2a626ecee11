package io.playgrant.route.token;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.token.KeyRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code refuse-key-material}: says why a {@link KeyRequest} gives no key (protocol section 2, "Key material"). */
public final class RefuseKeyMaterial implements Processor {

    @Override
    public void process(Exchange exchange) {
        KeyRequest request = exchange.getMessage().getBody(KeyRequest.class);
        String contentKey = request.contentKey().name();
        String kek = request.kek().name();
        String ek = request.ek().name();
        throw switch (request.material()) {
            case WITHOUT_KEK -> TokenException.of(ErrorCode.INVALID_ENCRYPTED_KEY, ek + " needs " + kek);
            case AMBIGUOUS ->
                TokenException.of(
                        ErrorCode.INVALID_KEY_DATA, contentKey + " cannot stand together with " + kek + " or " + ek);
            default ->
                TokenException.of(
                        ErrorCode.INVALID_CONTENT_KEY,
                        "one of these is required: " + contentKey + "; " + kek + " and " + ek + "; " + kek
                                + " of a stored key");
        };
    }
}
