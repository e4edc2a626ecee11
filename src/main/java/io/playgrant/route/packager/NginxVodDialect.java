package io.playgrant.route.packager;

import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.keystore.packaging.PackagerKeys;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.nginx.NginxVodAnswer;
import io.playgrant.route.exchange.StepRegistry;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of nginx-vod-module: known keys only. Viewers choose the content, and must not be able to have keys drawn.
 */
final class NginxVodDialect {

    private static final Pattern IV = Pattern.compile("[0-9a-fA-F]{32}");
    private final PackagerKeys keys;

    NginxVodDialect(PackagerKeys keys) {
        this.keys = keys;
    }

    /** Binds the steps. */
    void bind(StepRegistry steps) {
        steps.step("find-stream-key", PackagerCall.class, call -> call.setKeys(List.of(find(call))));
        steps.answer("write-stream-key", PackagerCall.class, NginxVodDialect::write);
    }

    private PackagerKey find(PackagerCall call) {
        // Before there is a key.
        DocumentParameters.scheme(call);
        DocumentParameters.systems(call);
        iv(call);
        List<KeyId> kids = DocumentParameters.kids(call);
        String contentId = call.text("contentId");
        if (kids.size() + (contentId == null ? 0 : 1) != 1) {
            throw TokenException.of(ErrorCode.BAD_REQUEST, "give kid, or contentId and type");
        }
        Optional<PackagerKey> key = PackagerKeySteps.askKnown(() -> call.retry()
                .call(() -> contentId == null
                        ? keys.find(call.owner(), kids.get(0))
                        : keys.find(call.owner(), contentId, type(call))));
        return key.orElseThrow(() -> TokenException.of(ErrorCode.NOT_FOUND, DocumentParameters.NO_KEY));
    }

    private static String type(PackagerCall call) {
        String type = call.text("type");
        if (type == null) {
            throw TokenException.of(ErrorCode.BAD_REQUEST, "contentId needs type, such as SD");
        }
        return type;
    }

    private static Object write(PackagerCall call) {
        return ByteBuffer.wrap(NginxVodAnswer.of(
                call.keys().get(0), DocumentParameters.scheme(call), DocumentParameters.systems(call), iv(call)));
    }

    private static byte @Nullable [] iv(PackagerCall call) {
        String digits = call.text("iv");
        if (digits != null && !IV.matcher(digits).matches()) {
            throw TokenException.of(ErrorCode.BAD_REQUEST, "iv must be 32 hexadecimal digits");
        }
        return digits == null ? null : HexFormat.of().parseHex(digits);
    }
}
