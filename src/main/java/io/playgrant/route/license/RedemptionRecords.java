package io.playgrant.route.license;

import io.playgrant.contentkey.KeyId;
import io.playgrant.error.TokenException;
import io.playgrant.license.Reservation;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.license.cloud.CloudAnswer;
import io.playgrant.license.cloud.DeviceFacts;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.TokenRecord;
import io.playgrant.token.Claims;
import io.playgrant.token.TokenKey;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the records of redemptions whose token could be opened. */
final class RedemptionRecords {

    private final Clock clock;

    RedemptionRecords(Clock clock) {
        this.clock = clock;
    }

    /** The record of a licence. */
    TokenRecord granted(Redemption redemption) {
        boolean isRepeated =
                redemption.reservation().filter(Reservation::isRepeated).isPresent();
        return record(
                redemption, TokenRecord.ISSUED, isRepeated ? "repeated within a minute, not counted again" : null);
    }

    /** The record of a refusal. */
    TokenRecord refused(Redemption redemption, TokenException refusal) {
        String reason = refusal.reason().isEmpty() ? refusal.details() : refusal.reason();
        return record(
                redemption,
                refusal.code().number(),
                reason.isEmpty() ? refusal.code().text() : reason);
    }

    private TokenRecord record(Redemption redemption, int code, @Nullable String reason) {
        Claims claims = redemption.claims();
        return new TokenRecord(
                clock.instant(),
                redemption.id(),
                claims.tokenId(),
                claims.account(),
                claims.environment(),
                code,
                kids(claims),
                claims.contentId(),
                claims.cookie(),
                TokenRecord.Source.HTTP,
                address(redemption),
                new RedemptionRecord(
                        kind(redemption.kind()),
                        reason,
                        service(redemption),
                        redemption.cloudAnswer().map(RedemptionRecords::status).orElse(null),
                        redemption
                                .cloudAnswer()
                                .flatMap(CloudAnswer::device)
                                .map(RedemptionRecords::device)
                                .orElse(null)));
    }

    private static List<KeyId> kids(Claims claims) {
        return claims.keys().stream().map(TokenKey::kid).toList();
    }

    private static @Nullable String address(Redemption redemption) {
        InetAddress address = redemption.origin().address();
        return address == null ? null : address.getHostAddress();
    }

    private static RedemptionRecord.Kind kind(Challenge.Kind kind) {
        return switch (kind) {
            case NEW, CERTIFICATE -> RedemptionRecord.Kind.LICENSE;
            case RENEWAL -> RedemptionRecord.Kind.RENEWAL;
            case RELEASE -> RedemptionRecord.Kind.RELEASE;
        };
    }

    /** The service that was asked. */
    private static @Nullable String service(Redemption redemption) {
        return redemption.wasServiceAsked() ? redemption.service().kind().label() : null;
    }

    private static @Nullable String status(CloudAnswer answer) {
        if (answer.status().isEmpty()) {
            return null;
        }
        return answer.internalStatus() == 0 ? answer.status() : answer.status() + " (" + answer.internalStatus() + ")";
    }

    private static RedemptionRecord.Device device(DeviceFacts facts) {
        return new RedemptionRecord.Device(
                facts.make(),
                facts.model(),
                facts.securityLevel(),
                facts.systemId(),
                facts.platformVerification(),
                facts.serialHash());
    }
}
