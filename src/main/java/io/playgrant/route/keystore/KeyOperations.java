package io.playgrant.route.keystore;

import io.playgrant.keystore.KeyObject;
import io.playgrant.keystore.KeyService;
import io.playgrant.keystore.StoredKeys.Owner;
import java.util.List;
import java.util.Map;

/** What can be asked of the key storage over HTTP; each is a {@link KeyStep} of the same name. */
final class KeyOperations {

    private final KeyService service;

    KeyOperations(KeyService service) {
        this.service = service;
    }

    KeyAnswer createKey(Owner owner, KeyCall call) {
        KeyService.Creation creation = call.withKek(kek -> service.create(owner, call.fields(), kek));
        return creation.isNew()
                ? KeyAnswer.created(creation.key(), "/keys/" + creation.key().kid())
                : KeyAnswer.of(creation.key());
    }

    KeyAnswer updateKey(Owner owner, KeyCall call) {
        return KeyAnswer.of(call.withKek(kek -> service.update(owner, call.kid(), call.fields(), kek)));
    }

    KeyAnswer readKeys(Owner owner, KeyCall call) {
        List<KeyObject> keys = call.withKek(kek -> service.read(owner, call.kids(), kek));
        return KeyAnswer.of(keys.size() == 1 ? keys.get(0) : keys);
    }

    KeyAnswer readKeyValues(Owner owner, KeyCall call) {
        List<String> values = call.withKek(kek -> service.readValues(owner, call.kids(), kek));
        return KeyAnswer.of(String.join(",", values));
    }

    KeyAnswer listKeys(Owner owner, KeyCall call) {
        return KeyAnswer.of(call.withKek(kek -> service.page(owner, call.after(), call.limit(), kek)));
    }

    KeyAnswer deleteKey(Owner owner, KeyCall call) {
        service.delete(owner, call.kid());
        return KeyAnswer.of("");
    }

    KeyAnswer countKeys(Owner owner, KeyCall call) {
        return KeyAnswer.of(Map.of("keyCount", service.count(owner)));
    }
}
