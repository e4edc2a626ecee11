package io.playgrant.route.token;

import io.playgrant.account.Caller;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.token.Claims;
import io.playgrant.token.KeyRequest;
import io.playgrant.token.LicenseToken;
import io.playgrant.token.Parameter;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenRequest;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The records of what the flow comes to, for callers that are known. */
public final class AnswerRecords {

    private final Clock clock;

    public AnswerRecords(Clock clock) {
        this.clock = clock;
    }

    /** That of the {@link LicenseToken} in the body. */
    TokenRecord issued(Exchange exchange) {
        Claims claims = exchange.getMessage().getBody(LicenseToken.class).claims();
        return new TokenRecord(
                clock.instant(),
                requestId(exchange),
                claims.tokenId(),
                claims.account(),
                claims.environment(),
                TokenRecord.ISSUED,
                claims.keys().stream().map(TokenKey::kid).toList(),
                claims.contentId(),
                claims.cookie(),
                source(exchange),
                address(exchange));
    }

    /** That of a refusal. Of the request, which may be wrong in any way, only what can be read stands there. */
    TokenRecord refused(Exchange exchange, ErrorCode code) {
        Caller caller = FlowProperties.caller(exchange).orElseThrow();
        Optional<TokenRequest> request = FlowProperties.requestIfRead(exchange);
        return new TokenRecord(
                clock.instant(),
                requestId(exchange),
                null,
                caller.account().number(),
                caller.environment(),
                code.number(),
                request.map(AnswerRecords::kids).orElse(List.of()),
                text(request, TokenRequest::contentId),
                text(request, TokenRequest::cookie),
                source(exchange),
                address(exchange));
    }

    private static List<KeyId> kids(TokenRequest request) {
        return request.keys().stream()
                .map(KeyRequest::readableKid)
                .flatMap(Optional::stream)
                .toList();
    }

    private static @Nullable String text(Optional<TokenRequest> request, Function<TokenRequest, Parameter> parameter) {
        return request.map(parameter)
                .filter(Parameter::isSingle)
                .map(Parameter::value)
                .orElse(null);
    }

    /** The one that whoever is answered sees. */
    private static String requestId(Exchange exchange) {
        String own = FlowProperties.isOneOfMany(exchange)
                ? FlowProperties.item(exchange).id()
                : null;
        return own == null ? exchange.getProperty(FlowProperties.REQUEST_ID, "", String.class) : own;
    }

    private static TokenRecord.Source source(Exchange exchange) {
        return switch (FlowProperties.source(exchange)) {
            case FlowProperties.KAFKA -> TokenRecord.Source.KAFKA;
            case FlowProperties.JMS -> TokenRecord.Source.JMS;
            case FlowProperties.BATCH -> TokenRecord.Source.BATCH;
            default -> TokenRecord.Source.HTTP;
        };
    }

    private static @Nullable String address(Exchange exchange) {
        InetAddress address = FlowProperties.origin(exchange).address();
        return address == null ? null : address.getHostAddress();
    }
}
