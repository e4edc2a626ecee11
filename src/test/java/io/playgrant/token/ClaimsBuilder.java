package io.playgrant.token;

import io.playgrant.account.Environment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a token says: only what it must, until something about it is changed. */
public final class ClaimsBuilder {

    private long account = SampleTokens.ACCOUNT;
    private Environment environment = Environment.PRODUCTION;
    private String tokenId = "000102030405060708090a0b0c0d0e0f";
    private Instant issuedAt = Instant.parse("2026-03-01T12:00:00Z");
    private Instant expiresAt = Instant.parse("2026-03-31T12:00:00Z");
    private @Nullable Instant notBefore;
    private List<TokenKey> keys = SampleTokens.keys(1);
    private @Nullable String contentId;
    private @Nullable Integer licenseDuration;
    private @Nullable Integer playbackDuration;
    private @Nullable Instant rentalEnd;
    private boolean persistent;
    private List<WvExtension> extensions = List.of();
    private @Nullable String ipAddress;
    private @Nullable Integer maxRedemptions;

    public ClaimsBuilder account(long number) {
        account = number;
        return this;
    }

    public ClaimsBuilder environment(Environment where) {
        environment = where;
        return this;
    }

    public ClaimsBuilder tokenId(String id) {
        tokenId = id;
        return this;
    }

    public ClaimsBuilder issuedAt(Instant time) {
        issuedAt = time;
        return this;
    }

    public ClaimsBuilder expiresAt(Instant time) {
        expiresAt = time;
        return this;
    }

    public ClaimsBuilder notBefore(@Nullable Instant time) {
        notBefore = time;
        return this;
    }

    public ClaimsBuilder keys(List<TokenKey> some) {
        keys = some;
        return this;
    }

    public ClaimsBuilder contentId(@Nullable String id) {
        contentId = id;
        return this;
    }

    public ClaimsBuilder licenseDuration(@Nullable Integer seconds) {
        licenseDuration = seconds;
        return this;
    }

    public ClaimsBuilder playbackDuration(@Nullable Integer seconds) {
        playbackDuration = seconds;
        return this;
    }

    public ClaimsBuilder rentalEnd(@Nullable Instant time) {
        rentalEnd = time;
        return this;
    }

    public ClaimsBuilder persistent(boolean flag) {
        persistent = flag;
        return this;
    }

    public ClaimsBuilder extensions(List<WvExtension> some) {
        extensions = some;
        return this;
    }

    public ClaimsBuilder maxRedemptions(@Nullable Integer number) {
        maxRedemptions = number;
        return this;
    }

    public ClaimsBuilder ipAddress(@Nullable String range) {
        ipAddress = range;
        return this;
    }

    public Claims build() {
        return new Claims(
                account,
                environment,
                tokenId,
                issuedAt,
                expiresAt,
                notBefore,
                keys,
                contentId,
                licenseDuration,
                playbackDuration,
                rentalEnd,
                persistent,
                extensions,
                null,
                ipAddress,
                maxRedemptions);
    }
}
