package io.playgrant.route.exchange;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.Caller;
import io.playgrant.batch.Item;
import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.token.KeyRequest;
import io.playgrant.token.LicenseToken;
import io.playgrant.token.Parameter;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenKey;
import io.playgrant.token.TokenRequest;
import jakarta.validation.Valid;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The issuing of one token, from its request to its licence URL: what {@code routes/token.camel.yaml} works on. The steps fill it in the
 * order of that route; what a step needs that no earlier one has filled in is an error of the route, not of the client.
 */
public final class Issuance extends AccountRequest {

    private final Source transport;
    private final @Nullable Item item;
    private final @Nullable String rightsUrl;

    @Valid
    private @Nullable TokenRequest request;

    private boolean vouchedFor;
    private int begunKeys;
    private @Nullable KeyRequest keyRequest;
    private @Nullable EncryptedKey storedKey;
    private final List<TokenKey> keys = new ArrayList<>(1);
    private @Nullable LicenseToken token;
    private @Nullable String licenseUrl;
    private @Nullable Long debtor;
    private @Nullable Outcome outcome;
    private boolean recordDue;

    private Issuance(
            String id,
            Source transport,
            Origin origin,
            @Nullable String rightsUrl,
            @Nullable Item item,
            @Nullable TokenRequest request) {
        super(id, transport.label(), origin);
        this.transport = transport;
        this.rightsUrl = rightsUrl;
        this.item = item;
        this.request = request;
    }

    /**
     * For a request over HTTP.
     *
     * @param id the answer's {@code X-Request-Id}
     * @param rightsUrl where its token will be redeemed
     */
    public static Issuance overHttp(String id, Origin origin, String rightsUrl, TokenRequest request) {
        return new Issuance(id, Source.HTTP, origin, rightsUrl, null, request);
    }

    /** For one of the requests of a message or a file, which has not been read. */
    public static Issuance ofItem(Source transport, Item item) {
        return new Issuance(newId(), transport, Origin.internal(), null, item, null);
    }

    /** For one line of a stream, which this is the opening of: its origin and its caller are those of the line. */
    public Issuance ofLine(Item line) {
        Issuance issuance = new Issuance(newId(), Source.STREAM, origin(), rightsUrl, line, null);
        issuance.setCaller(caller());
        issuance.recordDue = true;
        return issuance;
    }

    /**
     * For a request of an operator, who says for which account it is.
     *
     * @param id the id of the answer
     */
    public static Issuance ofOperator(String id, Caller caller, Parameters parameters) {
        Issuance issuance =
                new Issuance(id, Source.CONSOLE, Origin.internal(), null, new Item(null, parameters, null), null);
        issuance.setCaller(caller);
        issuance.vouchedFor = true;
        return issuance;
    }

    /** Whether the caller is known without an authenticator. */
    public boolean isVouchedFor() {
        return vouchedFor;
    }

    /** How the request came. */
    public Source transport() {
        return transport;
    }

    /** Which of many requests this is. */
    public Item item() {
        return Objects.requireNonNull(item, "the request did not come with others");
    }

    /** The id that the client sees in the answer: that of the item, if it has one that can be read. */
    public String answerId() {
        String own = item == null ? null : item.id();
        return own == null ? id() : own;
    }

    /** Where the token is redeemed; empty if the transport does not say. */
    public Optional<String> rightsUrl() {
        return Optional.ofNullable(rightsUrl);
    }

    /** Notes the request, once its item was read. */
    public void setRequest(TokenRequest read) {
        request = read;
    }

    public TokenRequest request() {
        return Objects.requireNonNull(request, "the request has not been read");
    }

    /** The request, if it could be read. */
    public Optional<TokenRequest> requestIfRead() {
        return Optional.ofNullable(request);
    }

    @Override
    public Parameter customerAuthenticator() {
        return request().customerAuthenticator();
    }

    /** Whether the request has a key that has not been begun. */
    public boolean hasAnotherKey() {
        return begunKeys < request().keys().size();
    }

    /** Goes on to the next key of the request. */
    public void beginNextKey() {
        keyRequest = request().keys().get(begunKeys++);
        storedKey = null;
    }

    /** The key of the request that is at hand. */
    public KeyRequest keyRequest() {
        return Objects.requireNonNull(keyRequest, "no key has been begun");
    }

    /** Notes the wrapped key that was stored for the key at hand. */
    public void setStoredKey(EncryptedKey found) {
        storedKey = found;
    }

    /** The wrapped key that was stored for the key at hand; empty if the request brings its own. */
    public Optional<EncryptedKey> storedKey() {
        return Optional.ofNullable(storedKey);
    }

    /** Adds the key at hand to the token's keys. */
    public void addKey(ContentKey key) {
        keys.add(TokenKey.of(keyRequest(), key));
    }

    /** Adds a held key to the token's keys: that of the key at hand, or one of the request's content. */
    public void addKey(TokenKey key) {
        keys.add(key);
    }

    /** Notes that the content of the request names all keys, so that none of the request is left to begin. */
    public void endKeys() {
        begunKeys = request().keys().size();
    }

    /** The keys that the token is to carry, in the request's order, as far as they were obtained. */
    public List<TokenKey> keys() {
        return keys;
    }

    /** Notes the token, and wipes the content keys, which it holds sealed. */
    public void setToken(LicenseToken minted) {
        keys.forEach(key -> key.contentKey().wipe());
        token = minted;
    }

    public LicenseToken token() {
        return Objects.requireNonNull(token, "no token has been minted");
    }

    public void setLicenseUrl(String url) {
        licenseUrl = url;
    }

    /** The licence URL, a secret: whoever holds it gets the licence. */
    public String licenseUrl() {
        return Objects.requireNonNull(licenseUrl, "there is no licence URL");
    }

    /** Notes the account that owes a credit for the token. */
    public void setDebtor(long account) {
        debtor = account;
    }

    /** The account that owes a credit for the token; null if there is nothing to pay. */
    public @Nullable Long debtor() {
        return debtor;
    }

    /** Notes what came of the request, one of many. */
    public void setOutcome(Outcome result) {
        outcome = result;
    }

    /** What came of the request, one of many. */
    public Outcome outcome() {
        return Objects.requireNonNull(outcome, "the request has no outcome");
    }

    /** From when on the caller is known, the answer leaves a record; that of a queue does so when its result is settled. */
    public void setRecordDue() {
        recordDue = !transport.isQueue();
    }

    /** There is a record, or there need not be one any more. */
    public void setRecordDone() {
        recordDue = false;
    }

    /** Whether the answer must leave a record that it has not left yet. */
    public boolean isRecordDue() {
        return recordDue;
    }
}
