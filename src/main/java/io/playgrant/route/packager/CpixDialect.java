package io.playgrant.route.packager;

import io.playgrant.contentkey.ContentKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.packaging.PackagerKeys;
import io.playgrant.keystore.packaging.RequestedKey;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.cpix.CpixDocument;
import io.playgrant.packager.cpix.CpixReader;
import io.playgrant.packager.cpix.CpixRequest;
import io.playgrant.packager.cpix.CpixWriter;
import io.playgrant.packager.cpix.SpekeVersion;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.http.FormDecoder;
import io.playgrant.storage.NonBlockingThreads;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The dialect of CPIX, with or without SPEKE. The packager chooses the key ids. */
final class CpixDialect {

    /** Larger documents take so long that they must not be read on an event loop. */
    private static final int SMALL = 16 * 1024;

    private final PackagerKeys keys;
    private final Clock clock;
    private final SecureRandom random;

    CpixDialect(PackagerKeys keys, Clock clock, SecureRandom random) {
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /** Binds the steps. */
    void bind(StepRegistry steps) {
        steps.decision("request-is-speke", PackagerCall.class, call -> call.text(PackagerCall.SPEKE_VERSION) != null);
        steps.step("read-speke-document", PackagerCall.class, this::readSpeke);
        steps.step("read-cpix-document", PackagerCall.class, call -> call.setCpix(read(call, null)));
        steps.step("obtain-cpix-keys", PackagerCall.class, call -> call.setKeys(obtain(call)));
        steps.answer("write-cpix-answer", PackagerCall.class, this::write);
        steps.step("find-content-keys", PackagerCall.class, call -> call.setKeys(find(call)));
        steps.answer("write-content-keys", PackagerCall.class, CpixDialect::writeKnown);
        steps.processor("name-speke", CpixDialect::nameSpeke);
    }

    private void readSpeke(PackagerCall call) {
        call.setCpix(read(call, SpekeVersion.of(String.valueOf(call.text(PackagerCall.SPEKE_VERSION)))));
    }

    private CpixRequest read(PackagerCall call, @Nullable SpekeVersion speke) {
        if (call.body().length > SMALL) {
            NonBlockingThreads.refuseCurrent();
        }
        return CpixReader.read(call.body(), speke, clock.instant());
    }

    private List<PackagerKey> obtain(PackagerCall call) {
        CpixRequest request = call.cpix();
        List<RequestedKey> requested = request.keys().stream()
                .map(key -> new RequestedKey(key.kid(), key.type(), key.period()))
                .toList();
        return PackagerKeySteps.ask(() -> keys.obtainByKid(call.owner(), request.contentId(), requested, call.retry()));
    }

    /** The headers of SPEKE's answers. */
    private static void nameSpeke(Exchange exchange) {
        RequestContext.of(exchange, PackagerCall.class).cpix().speke().ifPresent(version -> {
            exchange.getMessage().setHeader(PackagerCall.SPEKE_VERSION, version.text());
            exchange.getMessage().setHeader("X-Speke-User-Agent", PackagerKey.PROVIDER);
        });
    }

    /** Keys that exist. A GET draws none: caches and browsers send it without being asked. */
    private List<PackagerKey> find(PackagerCall call) {
        // Before there is a key.
        DocumentParameters.scheme(call);
        DocumentParameters.systems(call);
        List<KeyId> wanted = DocumentParameters.kids(call);
        String contentId = contentId(call);
        List<PackagerKey> found =
                PackagerKeySteps.askKnown(() -> call.retry().call(() -> keys.current(call.owner(), contentId, wanted)));
        if (found.isEmpty() || found.size() < wanted.size()) {
            found.forEach(key -> key.key().wipe());
            throw TokenException.of(ErrorCode.NOT_FOUND, DocumentParameters.NO_KEY);
        }
        return found;
    }

    private static Object writeKnown(PackagerCall call) {
        return ByteBuffer.wrap(CpixDocument.of(
                contentId(call), call.keys(), DocumentParameters.scheme(call), DocumentParameters.systems(call)));
    }

    private static String contentId(PackagerCall call) {
        return FormDecoder.decodePath(Dialect.contentId(call.path()))
                .orElseThrow(
                        () -> TokenException.of(ErrorCode.BAD_REQUEST, "the content id must be percent-encoded UTF-8"));
    }

    private Object write(PackagerCall call) {
        Map<KeyId, ContentKey> byKid =
                call.keys().stream().collect(Collectors.toMap(PackagerKey::kid, PackagerKey::key));
        return ByteBuffer.wrap(CpixWriter.answer(call.cpix(), byKid, random));
    }
}
