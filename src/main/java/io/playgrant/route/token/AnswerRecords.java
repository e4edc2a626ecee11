package io.playgrant.route.token;

import io.playgrant.account.Caller;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.token.Claims;
import io.playgrant.token.KeyRequest;
import io.playgrant.token.Parameter;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenRequest;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the records of answers to known callers. */
public final class AnswerRecords {

    private final Clock clock;

    public AnswerRecords(Clock clock) {
        this.clock = clock;
    }

    /** The record of a token. */
    TokenRecord issued(Issuance issuance) {
        Claims claims = issuance.token().claims();
        return new TokenRecord(
                clock.instant(),
                issuance.answerId(),
                claims.tokenId(),
                claims.account(),
                claims.environment(),
                TokenRecord.ISSUED,
                claims.keys().stream().map(TokenKey::kid).toList(),
                claims.contentId(),
                claims.cookie(),
                issuance.transport().recorded(),
                address(issuance));
    }

    /** The record of a refusal. It has the parts of the request that can be read. */
    TokenRecord refused(Issuance issuance, ErrorCode code) {
        Caller caller = issuance.caller();
        Optional<TokenRequest> request = issuance.requestIfRead();
        return new TokenRecord(
                clock.instant(),
                issuance.answerId(),
                null,
                caller.account().number(),
                caller.environment(),
                code.number(),
                request.map(AnswerRecords::kids).orElse(List.of()),
                text(request, TokenRequest::contentId),
                text(request, TokenRequest::cookie),
                issuance.transport().recorded(),
                address(issuance));
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

    private static @Nullable String address(Issuance issuance) {
        InetAddress address = issuance.origin().address();
        return address == null ? null : address.getHostAddress();
    }
}
