package io.playgrant.route.packager;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.cpix.CpixRequest;
import io.playgrant.packager.widevine.WidevineRequest;
import io.playgrant.route.exchange.AccountRequest;
import io.playgrant.route.http.AdmittedCall;
import io.playgrant.route.http.HttpCall;
import io.playgrant.storage.StorageRetry;
import io.playgrant.token.Parameter;
import io.playgrant.token.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request of a packager, from its call to its answer: what {@code routes/packager-http.camel.yaml} works on. */
final class PackagerCall extends AccountRequest {

    /** Packagers do not repeat a request that was refused, and give up after a minute. */
    private static final Duration STORAGE_OUTAGE = Duration.ofSeconds(20);

    static final String SPEKE_VERSION = "X-Speke-Version";

    private final String method;
    private final String path;
    private final Parameters parameters;
    private final HttpCall.Body body;
    private final @Nullable Dialect dialect;
    private final StorageRetry retry = StorageRetry.within(STORAGE_OUTAGE);
    private List<PackagerKey> keys = List.of();
    private boolean refused;
    private @Nullable WidevineRequest widevine;
    private @Nullable CpixRequest cpix;

    private PackagerCall(AdmittedCall call) {
        super(call.id(), call.source(), call.origin());
        this.method = call.method();
        this.path = call.path();
        this.parameters = call.parameters();
        this.body = call.body();
        this.dialect = Dialect.of(path, method).orElse(null);
    }

    static PackagerCall of(AdmittedCall call) {
        return new PackagerCall(call);
    }

    @Override
    public Parameter customerAuthenticator() {
        return parameters.get("customerAuthenticator");
    }

    String method() {
        return method;
    }

    /** The dialect; null if the path knows none, or not with this method. */
    @Nullable
    Dialect dialect() {
        return dialect;
    }

    /** The path, without query, as it was sent. */
    String path() {
        return path;
    }

    /**
     * The only value of a parameter; null if it is absent.
     *
     * @throws TokenException if it was sent twice or badly encoded
     */
    @Nullable
    String text(String name) {
        Parameter parameter = parameters.get(name);
        if (!parameter.isAbsent() && !parameter.isSingle()) {
            throw TokenException.of(ErrorCode.BAD_REQUEST, name + " must be given once, as percent-encoded UTF-8");
        }
        return parameter.isAbsent() ? null : parameter.value();
    }

    /** The body. */
    byte[] body() {
        return body.bytes();
    }

    /** Repeats calls of the storage until this request has waited long enough. */
    StorageRetry retry() {
        return retry;
    }

    /** The owner of the keys. */
    Owner owner() {
        return new Owner(caller().account().number(), caller().environment());
    }

    void setWidevine(WidevineRequest read) {
        widevine = read;
    }

    WidevineRequest widevine() {
        return Objects.requireNonNull(widevine, "the request has not been read");
    }

    void setCpix(CpixRequest read) {
        cpix = read;
    }

    CpixRequest cpix() {
        return Objects.requireNonNull(cpix, "the document has not been read");
    }

    void setKeys(List<PackagerKey> obtained) {
        keys = List.copyOf(obtained);
    }

    /** The keys that the answer gives away. */
    List<PackagerKey> keys() {
        return keys;
    }

    /** Notes that the answer is a refusal in the words of the dialect. */
    void setRefused() {
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    /** Overwrites the keys. */
    void wipe() {
        keys.forEach(key -> key.key().wipe());
    }
}
