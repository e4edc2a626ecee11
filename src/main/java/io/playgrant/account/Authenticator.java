package io.playgrant.account;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.storage.StorageException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who is calling, and whether they may (protocol section 2: authenticator, then account). */
public final class Authenticator {

    private final AccountCache cache;
    private final Authenticators authenticators;

    /** An authenticator that asks the cache and compares with what is stored. */
    public Authenticator(AccountCache cache, Authenticators authenticators) {
        this.cache = cache;
        this.authenticators = authenticators;
    }

    /**
     * Where a call comes from, as far as it matters to who may call.
     *
     * @param environment the environment that was called; null if any will do (queues, command line)
     * @param address the caller's address; null if there is none
     */
    public record Origin(
            @Nullable Environment environment, @Nullable InetAddress address) {

        /** A call that came from inside, not over the network. */
        public static Origin internal() {
            return new Origin(null, null);
        }
    }

    /**
     * Finds out who is calling.
     *
     * @param given the authenticators that were sent
     * @throws TokenException with the documented code, if there is not exactly one or it is wrong
     */
    public Caller identify(List<String> given) {
        if (given.isEmpty()) {
            throw TokenException.of(ErrorCode.MISSING_AUTHENTICATOR);
        }
        if (given.size() > 1) {
            throw TokenException.of(ErrorCode.INVALID_AUTHENTICATOR, "customerAuthenticator must be given once");
        }
        return CustomerAuthenticator.parse(given.get(0))
                .flatMap(this::find)
                .orElseThrow(() -> TokenException.of(ErrorCode.INVALID_AUTHENTICATOR));
    }

    /**
     * Lets a caller in.
     *
     * @throws TokenException with the documented code, if its authenticator is of the other environment, or its account is disabled,
     *     may not use Widevine, or may not be used from there
     */
    public void admit(Caller caller, Origin origin) {
        admit(caller, origin, true);
    }

    /**
     * Lets a caller in to what has nothing to do with Widevine.
     *
     * @throws TokenException as {@link #admit(Caller, Origin)}, but whether or not the account may use Widevine
     */
    public void admitWithoutWidevine(Caller caller, Origin origin) {
        admit(caller, origin, false);
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

    private Optional<Caller> find(CustomerAuthenticator authenticator) {
        return load(authenticator.account())
                .flatMap(account -> authenticators
                        .environmentOf(authenticator, account)
                        .map(environment -> new Caller(account, environment)));
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
