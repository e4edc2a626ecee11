package io.playgrant.account;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.storage.StorageException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Authenticates callers and checks whether they are admitted (protocol section 2: authenticator, then account). */
public final class Authenticator {

    private final AccountCache cache;
    private final Authenticators authenticators;

    /** Looks accounts up in a cache, and compares authenticators with the stored hashes. */
    public Authenticator(AccountCache cache, Authenticators authenticators) {
        this.cache = cache;
        this.authenticators = authenticators;
    }

    /**
     * The origin of a call, as far as admission depends on it.
     *
     * @param environment the environment that the host selects; null if both are allowed (queues, command line)
     * @param address the caller's address; null if it has none
     */
    public record Origin(
            @Nullable Environment environment, @Nullable InetAddress address) {

        /** The origin of a call that did not come over HTTP. */
        public static Origin internal() {
            return new Origin(null, null);
        }
    }

    /**
     * Authenticates a caller by an authenticator for tokens.
     *
     * @param given the authenticators that were sent
     * @throws TokenException with the documented code, unless there is exactly one and it is valid here
     */
    public Caller identify(List<String> given) {
        return identify(given, Purpose.TOKENS);
    }

    /**
     * Authenticates a caller.
     *
     * @param given the authenticators that were sent
     * @param purpose the use that its authenticator must have
     * @throws TokenException with the documented code, unless there is exactly one and it is valid here
     */
    public Caller identify(List<String> given, Purpose purpose) {
        if (given.isEmpty()) {
            throw TokenException.of(ErrorCode.MISSING_AUTHENTICATOR);
        }
        if (given.size() > 1) {
            throw TokenException.of(ErrorCode.INVALID_AUTHENTICATOR, "customerAuthenticator must be given once");
        }
        return CustomerAuthenticator.parse(given.get(0))
                .flatMap(authenticator -> find(authenticator, purpose))
                .orElseThrow(() -> TokenException.of(ErrorCode.INVALID_AUTHENTICATOR));
    }

    /**
     * Checks that a caller is admitted.
     *
     * @throws TokenException with the documented code, if its authenticator belongs to the other environment, or if its account is
     *     disabled, may not use Widevine, or may not be used from this address
     */
    public void admit(Caller caller, Origin origin) {
        admit(caller, origin, true);
    }

    /**
     * Checks that a caller is admitted to an operation that does not depend on Widevine.
     *
     * @throws TokenException as {@link #admit(Caller, Origin)}, but without the check for Widevine
     */
    public void admitWithoutWidevine(Caller caller, Origin origin) {
        admit(caller, origin, false);
    }

    /**
     * Checks that a packager is admitted.
     *
     * @throws TokenException as {@link #admitWithoutWidevine}, or {@link ErrorCode#FORBIDDEN} if packaging is off in its environment
     */
    public void admitPackager(Caller caller, Origin origin) {
        admit(caller, origin, false);
        if (!caller.account().packaging().contains(caller.environment())) {
            throw TokenException.of(
                    ErrorCode.FORBIDDEN,
                    "packaging is off for the account in the "
                            + caller.environment().label() + " environment");
        }
    }

    /**
     * The account to which a token was issued.
     *
     * @throws TokenException with the documented code, if it does not exist any more, or accounts cannot be read
     */
    public Account holder(long account) {
        return load(account)
                .orElseThrow(() ->
                        TokenException.withReason(ErrorCode.ACCOUNT_DISABLED, "the account of the token was deleted"));
    }

    /**
     * Checks that an account may have its tokens redeemed.
     *
     * @throws TokenException with the documented code, if it is disabled, or may not use Widevine
     */
    public static void admitHolder(Account account) {
        if (!account.enabled()) {
            throw TokenException.of(ErrorCode.ACCOUNT_DISABLED);
        }
        if (!account.widevine()) {
            throw TokenException.of(ErrorCode.WIDEVINE_DISABLED);
        }
    }

    private static void admit(Caller caller, Origin origin, boolean toWidevine) {
        Account account = caller.account();
        if (origin.environment() != null && caller.environment() != origin.environment()) {
            throw TokenException.of(
                    ErrorCode.INVALID_AUTHENTICATOR,
                    "customerAuthenticator is of the " + caller.environment().label()
                            + " environment, the host is of the "
                            + origin.environment().label() + " environment");
        }
        if (!account.enabled()) {
            throw TokenException.of(ErrorCode.ACCOUNT_DISABLED);
        }
        if (toWidevine && !account.widevine()) {
            throw TokenException.of(ErrorCode.WIDEVINE_DISABLED);
        }
        if (origin.address() != null && !account.allows(origin.address())) {
            throw TokenException.of(ErrorCode.INVALID_IP_ADDRESS, "the account may not be used from this address")
                    .withStatus(401);
        }
    }

    private Optional<Caller> find(CustomerAuthenticator authenticator, Purpose purpose) {
        return load(authenticator.account())
                .flatMap(account -> authenticators.match(authenticator, account).map(stored -> {
                    requirePurpose(stored, purpose);
                    return new Caller(account, stored.environment());
                }));
    }

    private static void requirePurpose(StoredAuthenticator stored, Purpose purpose) {
        if (stored.purpose() != purpose) {
            throw TokenException.of(
                    ErrorCode.INVALID_AUTHENTICATOR,
                    "customerAuthenticator is for " + stored.purpose().label() + "; this call needs one for "
                            + purpose.label());
        }
    }

    private Optional<Account> load(long number) {
        try {
            return cache.find(number);
        } catch (StorageException e) {
            throw TokenException.of(ErrorCode.ADMIN_ERROR, "the account storage is out of reach, try again later")
                    .because(String.valueOf(e.getMessage()));
        }
    }
}
