package io.playgrant.operator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.playgrant.storage.Database;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the operator of an API token. Because the hash of a token takes tens of milliseconds to compute, tokens that were found valid are
 * remembered for a short time. The operator is read from the database for each request, so that every change takes effect at once.
 */
public final class ApiTokens {

    private static final Logger LOG = LoggerFactory.getLogger(ApiTokens.class);
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 1_000;
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final Database database;
    private final SignInLimits limits;
    private final SecretHash hash;
    private final SecretKeySpec key;

    /** The revision of the operator for which a token was valid, by a keyed hash of the token. */
    private final Cache<ByteBuffer, Long> valid = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    public ApiTokens(Database database, Clock clock, SecureRandom random) {
        this(database, clock, random, new SecretHash(random));
    }

    ApiTokens(Database database, Clock clock, SecureRandom random, SecretHash hash) {
        this.database = database;
        this.limits = new SignInLimits(database, clock);
        this.hash = hash;
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** The result of a check. */
    public sealed interface Result {}

    /** The token is that of an enabled operator. */
    public record Valid(Operator operator) implements Result {}

    /** The token is not valid. */
    public record Invalid() implements Result {}

    /**
     * There were too many invalid tokens.
     *
     * @param delay how long the next attempt must wait
     */
    public record Blocked(Duration delay) implements Result {}

    /**
     * Checks an API token.
     *
     * @param address where the request comes from
     * @throws BusyException if too many secrets are being checked
     * @throws io.playgrant.storage.StorageException if the database is unreachable
     */
    public Result check(OperatorSecret token, String address) {
        if (!token.isToken()) {
            return new Invalid();
        }
        Optional<OperatorRow> row = database.withHandle(handle -> OperatorRow.find(handle, token.tokenId()));
        ByteBuffer tag = tag(token);
        Long revision = valid.getIfPresent(tag);
        if (revision != null
                && row.isPresent()
                && row.get().operator().enabled()
                && row.get().operator().revision() == revision) {
            return new Valid(row.get().operator());
        }
        // Whoever tries out ids of operators is slowed down for all that do not exist together.
        List<SignInSubject> subjects =
                List.of(SignInSubject.ofTokenAt(row.isPresent() ? Long.toString(token.tokenId()) : "", address));
        Optional<Duration> wait = limits.begin(subjects);
        if (wait.isPresent()) {
            return new Blocked(wait.get());
        }
        boolean matches = hash.matches(token, row.map(OperatorRow::tokenHash).orElseGet(hash::decoy));
        if (row.isEmpty() || !matches || !row.get().operator().enabled()) {
            LOG.warn("An API token from {} was refused", address);
            return new Invalid();
        }
        database.inTransaction(handle -> {
            limits.succeeded(handle, subjects, subjects);
            return null;
        });
        valid.put(tag, row.get().operator().revision());
        return new Valid(row.get().operator());
    }

    /** Memory holds no hash that could be compared with tokens found elsewhere. */
    private ByteBuffer tag(OperatorSecret token) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return ByteBuffer.wrap(mac.doFinal(token.bytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
