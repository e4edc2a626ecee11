package io.playgrant.route;

import io.playgrant.keystore.KeyObject;
import io.playgrant.keystore.KeyService;
import io.playgrant.keystore.StoredKeys.Owner;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What can be asked of the key storage over HTTP; each is a {@link KeyStep} of the same name. */
final class KeyOperations {

    private static final int OK = 200;
    private static final int CREATED = 201;

    private final KeyService service;

    KeyOperations(KeyService service) {
        this.service = service;
    }

    void createKey(Owner owner, KeyCall call, Message answer) {
        KeyService.Creation creation = call.withKek(kek -> service.create(owner, call.fields(), kek));
        if (creation.isNew()) {
            answer.setHeader("Location", "/keys/" + creation.key().kid());
        }
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, creation.isNew() ? CREATED : OK);
        answer.setBody(creation.key());
    }

    void updateKey(Owner owner, KeyCall call, Message answer) {
        answer.setBody(call.withKek(kek -> service.update(owner, call.kid(), call.fields(), kek)));
    }

    void readKeys(Owner owner, KeyCall call, Message answer) {
        List<KeyObject> keys = call.withKek(kek -> service.read(owner, call.kids(), kek));
        answer.setBody(keys.size() == 1 ? keys.get(0) : keys);
    }

    void readKeyValues(Owner owner, KeyCall call, Message answer) {
        List<String> values = call.withKek(kek -> service.readValues(owner, call.kids(), kek));
        answer.setBody(String.join(",", values));
    }

    void listKeys(Owner owner, KeyCall call, Message answer) {
        answer.setBody(call.withKek(kek -> service.page(owner, call.after(), call.limit(), kek)));
    }

    void deleteKey(Owner owner, KeyCall call, Message answer) {
        service.delete(owner, call.kid());
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, OK);
        answer.setBody("");
    }

    void countKeys(Owner owner, KeyCall call, Message answer) {
        answer.setBody(Map.of("keyCount", service.count(owner)));
    }
}
