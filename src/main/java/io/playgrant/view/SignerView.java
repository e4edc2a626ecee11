package io.playgrant.view;

import io.playgrant.account.StoredSigner;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows a signer of an account as JSON, without its key. */
public final class SignerView {

    private SignerView() {}

    /** The signer as a JSON object. */
    public static Map<String, Object> json(StoredSigner signer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", signer.name());
        json.put("kind", signer.kind().label());
        return json;
    }
}
