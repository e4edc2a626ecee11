package io.playgrant.route.packager;

import io.playgrant.account.StoredSigner;
import io.playgrant.contentkey.KeyId;
import io.playgrant.contentkey.SigningSecret;
import io.playgrant.keystore.packaging.KeyIdentity;
import io.playgrant.keystore.packaging.PackagerKeys;
import io.playgrant.keystore.packaging.SignerSecrets;
import io.playgrant.packager.PackagerKey;
import io.playgrant.packager.widevine.WidevineAnswer;
import io.playgrant.packager.widevine.WidevineException;
import io.playgrant.packager.widevine.WidevineRequest;
import io.playgrant.packager.widevine.WidevineRequest.SignedBytes;
import io.playgrant.packager.widevine.WidevineRequest.Track;
import io.playgrant.packager.widevine.WidevineSigner;
import io.playgrant.packager.widevine.WidevineStatus;
import io.playgrant.route.exchange.StepRegistry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The dialect of Widevine Common Encryption. */
final class WidevineDialect {

    private final PackagerKeys keys;
    private final SignerSecrets secrets;

    WidevineDialect(PackagerKeys keys, SignerSecrets secrets) {
        this.keys = keys;
        this.secrets = secrets;
    }

    /** Binds the steps. */
    void bind(StepRegistry steps) {
        steps.step(
                "read-widevine-request",
                PackagerCall.class,
                call -> call.setWidevine(WidevineRequest.read(call.body())));
        steps.step("check-widevine-signature", PackagerCall.class, this::checkSignature);
        steps.step("obtain-widevine-keys", PackagerCall.class, call -> call.setKeys(obtain(call)));
        steps.answer(
                "write-widevine-answer",
                PackagerCall.class,
                call -> ByteBuffer.wrap(WidevineAnswer.of(call.widevine(), call.keys())));
    }

    /** Requests for an account with signers must be signed by one of them. Other signatures do not matter. */
    private void checkSignature(PackagerCall call) {
        List<StoredSigner> signers = call.caller().account().signers();
        if (!signers.isEmpty()) {
            String name = call.widevine().signature().map(SignedBytes::signer).orElse("");
            Optional<StoredSigner> signer =
                    signers.stream().filter(one -> one.name().equals(name)).findFirst();
            call.widevine().verify(signer.map(this::open));
        }
    }

    private WidevineSigner open(StoredSigner signer) {
        return signer.kind() == StoredSigner.Kind.RSA
                ? WidevineSigner.rsa(SignerSecrets.publicKey(signer))
                : PackagerKeySteps.ask(() -> secrets.open(
                        signer, (key, iv) -> WidevineSigner.aes(SigningSecret.of(key), SigningSecret.of(iv))));
    }

    private List<PackagerKey> obtain(PackagerCall call) {
        WidevineRequest request = call.widevine();
        if (!request.keyIds().isEmpty()) {
            return PackagerKeySteps.ask(() -> known(call, request.keyIds()));
        }
        List<KeyIdentity> identities =
                request.tracks().stream().map(track -> identity(request, track)).toList();
        return PackagerKeySteps.ask(() -> keys.obtain(call.owner(), identities, call.retry()));
    }

    private static KeyIdentity identity(WidevineRequest request, Track track) {
        return new KeyIdentity(request.contentId(), track.type(), track.videoFeature(), track.period());
    }

    /** The keys of an encrypted file, which the packager decrypts. */
    private List<PackagerKey> known(PackagerCall call, List<KeyId> kids) {
        List<PackagerKey> found = new ArrayList<>();
        for (KeyId kid : kids) {
            Optional<PackagerKey> key = call.retry().call(() -> keys.find(call.owner(), kid));
            if (key.isEmpty()) {
                found.forEach(one -> one.key().wipe());
                throw new WidevineException(
                        WidevineStatus.ASSET_NOT_FOUND, "no key is held under a key id of pssh_data");
            }
            found.add(key.get());
        }
        return found;
    }
}
