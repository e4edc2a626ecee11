package io.playgrant.route.token;

import io.playgrant.account.Caller;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.token.Claims;
import io.playgrant.token.KeyRequest;
import io.playgrant.token.Parameter;
import io.playgrant.token.TokenRequest;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
                kids(claims),
                claims.contentId(),
                claims.cookie(),
                issuance.transport().recorded(),
                address(issuance),
                null);
    }

    /** The record of a refusal. It has the parts of the request that can be read. */
    TokenRecord refused(Issuance issuance, ErrorCode code) {
        Caller caller = issuance.caller();
        TokenRequest request = issuance.requestIfRead().orElse(null);
        return new TokenRecord(
                clock.instant(),
                issuance.answerId(),
                null,
                caller.account().number(),
                caller.environment(),
                code.number(),
                request == null ? List.of() : kids(request),
                request == null ? null : text(request.contentId()),
                request == null ? null : text(request.cookie()),
                issuance.transport().recorded(),
                address(issuance),
                null);
    }

    /** Without a stream, as each request comes by. */
    private static List<KeyId> kids(Claims claims) {
        KeyId[] kids = new KeyId[claims.keys().size()];
        for (int i = 0; i < kids.length; i++) {
            kids[i] = claims.keys().get(i).kid();
        }
        return List.of(kids);
    }

    private static List<KeyId> kids(TokenRequest request) {
        List<KeyId> kids = new ArrayList<>(request.keys().size());
        for (KeyRequest key : request.keys()) {
            key.readableKid().ifPresent(kids::add);
        }
        return kids;
    }

    private static @Nullable String text(Parameter parameter) {
        return parameter.isSingle() ? parameter.value() : null;
    }

    private static @Nullable String address(Issuance issuance) {
        InetAddress address = issuance.origin().address();
        return address == null ? null : address.getHostAddress();
    }
}
