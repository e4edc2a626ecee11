package io.playgrant.route.license;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Caller;
import io.playgrant.account.Environment;
import io.playgrant.config.LicenseSettings;
import io.playgrant.license.LicenseService;
import io.playgrant.license.Reservation;
import io.playgrant.license.challenge.Challenge;
import io.playgrant.license.challenge.ChallengeReader;
import io.playgrant.license.cloud.CloudAnswer;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.route.exchange.ErrorFormats;
import io.playgrant.route.http.AdmittedCall;
import io.playgrant.token.Claims;
import io.playgrant.token.LicenseToken;
import io.playgrant.token.Parameter;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The redemption of a token, from the message of a player to its answer: what {@code routes/license.camel.yaml} works on. */
final class Redemption extends CloudCaller {

    private final Origin origin;
    private final Parameter token;
    private final byte[] message;
    private @Nullable Claims claims;
    private @Nullable Caller caller;
    private @Nullable Challenge challenge;
    private @Nullable Reservation reservation;
    private boolean confirmed;
    private boolean serviceAsked;
    private @Nullable CloudAnswer cloudAnswer;
    private byte @Nullable [] answer;

    private Redemption(AdmittedCall call, Environment environment, LicenseSettings.Service service) {
        super(call.id(), call.source(), environment, service);
        this.origin = call.origin();
        this.token = call.parameters().get(LicenseToken.PARAMETER);
        this.message = call.body().bytes();
    }

    /**
     * Reads a call.
     *
     * @throws io.playgrant.error.TokenException if it asks for an unknown form of errors
     */
    static Redemption of(AdmittedCall call, LicenseSettings settings) {
        ErrorFormats.check(call.parameters().get("errorFormat"));
        Environment environment = Objects.requireNonNull(call.origin().environment());
        return new Redemption(call, environment, settings.of(environment));
    }

    /** Where the call comes from. */
    Origin origin() {
        return origin;
    }

    @Override
    CloudProvider provider() {
        return service().cloud(claims().account()).orElseThrow();
    }

    boolean isServedBy(LicenseService kind) {
        return service().kind() == kind;
    }

    /** The token in the query and in the header; a secret. */
    Parameter token() {
        return token;
    }

    /** The message of the player. */
    byte[] message() {
        return message;
    }

    void setClaims(Claims opened) {
        claims = opened;
    }

    /** What the token says. */
    Claims claims() {
        return Objects.requireNonNull(claims, "the token has not been opened");
    }

    boolean isTokenOpened() {
        return claims != null;
    }

    /** Notes the account to which the token was issued. */
    void setCaller(Caller holder) {
        caller = holder;
    }

    @Override
    public Optional<Caller> callerIfKnown() {
        return Optional.ofNullable(caller);
    }

    void setChallenge(Challenge read) {
        challenge = read;
    }

    /** What the message of the player says. */
    Challenge challenge() {
        return Objects.requireNonNull(challenge, "the message has not been read");
    }

    /** What the player asks for; a licence if its message cannot be read. */
    Challenge.Kind kind() {
        // A redemption that is refused before its message is read has a kind, too.
        return challenge == null ? ChallengeReader.kind(message) : challenge.kind();
    }

    void setReservation(Reservation made) {
        reservation = made;
    }

    /** The reservation of this redemption; empty if it is not counted. */
    Optional<Reservation> reservation() {
        return Optional.ofNullable(reservation);
    }

    /** Notes that the redemption was counted, if it had to be: it cannot be given back. */
    void setConfirmed() {
        confirmed = true;
    }

    boolean isConfirmed() {
        return confirmed;
    }

    /** Notes that the licence service makes the licence. */
    void setServiceAsked() {
        serviceAsked = true;
    }

    boolean wasServiceAsked() {
        return serviceAsked;
    }

    void setCloudAnswer(CloudAnswer read) {
        cloudAnswer = read;
    }

    /** What the licence service of Widevine answered, if it was asked. */
    Optional<CloudAnswer> cloudAnswer() {
        return Optional.ofNullable(cloudAnswer);
    }

    /** Sets the answer to the player. It may contain content keys. */
    void setAnswer(byte[] bytes) {
        answer = bytes;
    }

    byte[] answer() {
        return Objects.requireNonNull(answer, "there is no answer");
    }

    /** Overwrites the content keys of the token. */
    void wipe() {
        wipeCloudRequest();
        if (claims != null) {
            claims.keys().forEach(key -> key.contentKey().wipe());
        }
    }
}
