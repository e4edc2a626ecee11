package io.playgrant.console.api;

import io.playgrant.account.Signers;
import io.playgrant.account.StoredSigner;
import io.playgrant.app.Application;
import io.playgrant.console.api.call.ApiException;
import io.playgrant.console.api.call.ApiRoutes;
import io.playgrant.console.api.call.Input;
import io.playgrant.console.api.call.Paging;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.keystore.packaging.RsaPublicKeys;
import io.playgrant.keystore.packaging.SignerSecrets;
import io.playgrant.operator.Role;
import io.playgrant.view.SignerView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** {@code /accounts/{account}/signers}. A signer never changes; its key is never shown. */
final class SignersResource implements AdminApi.Resource {

    private static final String PATH = "/accounts/:account/signers";
    private static final Pattern KEY = Pattern.compile("(?:[0-9A-Fa-f]{32}){1,2}");
    private static final Pattern IV = Pattern.compile("[0-9A-Fa-f]{32}");

    private final Application application;

    SignersResource(Application application) {
        this.application = application;
    }

    @Override
    public void addTo(ApiRoutes routes) {
        routes.get(PATH, Role.VIEWER, this::list)
                .create(PATH, Role.ADMIN, this::add)
                .add("DELETE", PATH + "/:name", Role.ADMIN, this::delete);
    }

    private Answer list(ConsoleCall call) {
        Input.query(call).check();
        return Paging.all(AccountsResource.of(call, application).signers().stream()
                .map(SignerView::json)
                .toList());
    }

    private Answer add(ConsoleCall call) {
        Input body = Input.body(call);
        body.require("name");
        Optional<String> name = body.line("name", 1, Signers.LONGEST_NAME);
        Optional<byte[]> key = body.read("aesKey", hex(KEY), "must be 32 or 64 hexadecimal digits");
        Optional<byte[]> iv = body.read("aesIv", hex(IV), "must be 32 hexadecimal digits");
        Optional<RSAPublicKey> rsa = body.read(
                "publicKey",
                text -> RsaPublicKeys.read(text.getBytes(StandardCharsets.UTF_8)),
                "must be an RSA public key of " + RsaPublicKeys.SHORTEST_MODULUS + " bits or more, in PEM");
        if (body.has("publicKey") == (body.has("aesKey") || body.has("aesIv"))) {
            body.refuse("publicKey", "must be given, or aesKey and aesIv, but not all of them");
        } else if (!body.has("publicKey")) {
            body.require("aesKey", "aesIv");
        }
        body.check();
        if (rsa.isEmpty()) {
            Inputs.requireStorageRing(application);
        }
        long account = ApiRoutes.number(call, "account");
        StoredSigner signer = rsa.map(publicKey -> SignerSecrets.rsa(name.orElseThrow(), publicKey))
                .orElseGet(() -> new SignerSecrets(application.heldKeys())
                        .aes(name.orElseThrow(), key.orElseThrow(), iv.orElseThrow()));
        if (!application.changesBy(call.who()).accounts().signers().add(account, signer)) {
            throw AccountsResource.notFound(account);
        }
        String path = "/accounts/" + account + "/signers/"
                + URLEncoder.encode(signer.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return ApiRoutes.created(path, SignerView.json(signer));
    }

    private static Function<String, Optional<byte[]>> hex(Pattern form) {
        return text -> form.matcher(text).matches() ? Optional.of(HexFormat.of().parseHex(text)) : Optional.empty();
    }

    private Answer delete(ConsoleCall call) {
        Input.query(call).check();
        long account = ApiRoutes.number(call, "account");
        if (!application.changesBy(call.who()).accounts().signers().delete(account, call.path("name"))) {
            throw ApiException.notFound("Account " + account + " has no signer of this name");
        }
        return Answer.empty();
    }
}
