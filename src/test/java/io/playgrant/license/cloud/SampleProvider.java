package io.playgrant.license.cloud;

import io.playgrant.contentkey.SigningSecret;
import io.playgrant.license.cloud.CloudProvider.Padding;
import java.net.URI;

/** Google's public provider for tests. */
final class SampleProvider {

    static final String NAME = "widevine_test";
    static final String KEY = "1ae8ccd0e7985cc0b6203a55855a1034afc252980e970ca90e5202689f947ab9";
    static final String IV = "d58ce954203b7c9a9a9d467f59839249";

    private SampleProvider() {}

    static CloudProvider with(Padding padding) {
        return named(NAME, padding);
    }

    static CloudProvider named(String name, Padding padding) {
        URI url = URI.create("https://license.uat.widevine.com/cenc/getlicense/" + name);
        return new CloudProvider(name, url, SigningSecret.ofHex(KEY), SigningSecret.ofHex(IV), padding);
    }
}
