package io.playgrant.route.token;

import io.playgrant.account.Caller;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.token.LicenseToken;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenMint;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code mint}: the {@link TokenKey}s that were kept become a {@link LicenseToken}, after which the keys are wiped. */
public final class Mint implements Processor {

    private final TokenMint mint;

    public Mint(TokenMint mint) {
        this.mint = mint;
    }

    @Override
    public void process(Exchange exchange) {
        List<TokenKey> keys = FlowProperties.tokenKeys(exchange);
        Caller caller = FlowProperties.caller(exchange).orElseThrow();
        LicenseToken token = mint.mint(FlowProperties.request(exchange), caller, keys);
        keys.forEach(key -> key.contentKey().wipe());
        exchange.getMessage().setBody(token);
    }
}
