package io.playgrant.console.api.call;

import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.SessionCookie;
import io.playgrant.storage.Database;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Creates something once for each {@code Idempotency-Key}, however often a call is sent. The key and all changes of the call are committed
 * in one transaction: {@link Database#inTransaction} of the rooms joins the transaction that this thread has begun. So whenever the process
 * ends, either both are there or neither. Refusals are not kept, because they change nothing.
 *
 * <p>A key belongs to the API token or session that sent it. The database has only hashes of it, and the answer, which may contain a
 * secret, is encrypted under a key that is derived from both. Without them, nobody can read it.
 */
public final class Idempotency {

    /** How long answers are kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern FORM = Pattern.compile("[!-~]{1,128}");
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;
    private final SecureRandom random;
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();
    private volatile Instant cleaned = Instant.MIN;

    public Idempotency(Database database, Clock clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    /** Answers a call: by its handler, or, if it was answered before, with the same answer. */
    Answer once(ConsoleCall call, ApiHandler handler) {
        Optional<String> key = call.header(HEADER);
        if (key.isEmpty()) {
            return handler.handle(call);
        }
        if (!FORM.matcher(key.get()).matches()) {
            throw ApiException.invalid(HEADER, "must have 1 to 128 visible ASCII characters");
        }
        forgetOld();
        IdempotencySecrets secrets = IdempotencySecrets.of(credential(call), key.get());
        String id = secrets.id();
        if (!inProgress.add(id)) {
            throw inProgress();
        }
        try {
            // A call on another node waits in the insert until this transaction has ended.
            return database.inTransaction(handle -> once(handle, secrets, call, handler));
        } finally {
            inProgress.remove(id);
        }
    }

    private Answer once(Handle transaction, IdempotencySecrets secrets, ConsoleCall call, ApiHandler handler) {
        String id = secrets.id();
        byte[] request = secrets.hash(call);
        if (!IdempotencyTable.insert(transaction, id, request, clock.instant())) {
            IdempotencyTable.Row row = IdempotencyTable.find(transaction, id).orElseThrow(Idempotency::inProgress);
            if (!MessageDigest.isEqual(row.request(), request)) {
                throw ApiException.of(ProblemType.KEY_REUSED, "Draw a new Idempotency-Key for each new request");
            }
            return KeptAnswer.read(secrets.open(row.answer(), id));
        }
        Answer answer = handler.handle(call);
        IdempotencyTable.setAnswer(transaction, id, secrets.seal(KeptAnswer.write(answer), id, random));
        return answer;
    }

    private static ApiException inProgress() {
        return ApiException.of(ProblemType.IN_PROGRESS, "Wait for the answer of the first request, then try again");
    }

    private static String credential(ConsoleCall call) {
        return call.header("Authorization")
                .or(() -> SessionCookie.SESSION.of(call).map(id -> "session " + id.reveal()))
                .orElseThrow(() -> new IllegalStateException("the call has no credential"));
    }

    private void forgetOld() {
        Instant now = clock.instant();
        if (cleaned.isBefore(now.minus(PAUSE))) {
            cleaned = now;
            database.inTransaction(handle -> IdempotencyTable.deleteBefore(handle, now.minus(KEPT)));
        }
    }
}
