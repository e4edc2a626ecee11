package io.playgrant.route.packager;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Profile;
import io.playgrant.keystore.KeyCache;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.http.HttpServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code routes/packager-http.camel.yaml}: every dialect. */
class PackagerRoutesTest extends FlowTestSupport {

    private final KeyCache cache = application().newKeyCache();
    private final long account = newCustomer(Profile.STRICT).account();

    @Override
    protected KeyLookup keyStorage() {
        return (number, environment, kid) -> cache.find(number, environment, kid);
    }

    @AfterEach
    void closeCache() {
        cache.close();
    }

    @Test
    void everyDialect_isAnswered() throws Exception {
        Packager packager = packager();
        assertThat(Packager.response(packager.widevine(Packager.requestFor("film", "SD")))
                        .path("status")
                        .textValue())
                .isEqualTo("OK");
        assertThat(packager.widevine("{}").status()).isEqualTo(200);
        assertThat(packager.cpix(Packager.vector("speke-2.0-request.xml"), "X-Speke-Version: 2.0")
                        .status())
                .isEqualTo(200);
        assertThat(packager.cpix(Packager.vector("cpix-2.3-encrypted-request.xml"))
                        .status())
                .isEqualTo(200);
        assertThat(packager.cpix("<CPIX/>").status()).isEqualTo(422);
        assertThat(packager.get("/packager/cpix/film").status()).isEqualTo(200);
        assertThat(packager.get("/packager/nginx-vod?contentId=film&type=SD").status())
                .isEqualTo(200);
        assertThat(packager.get("/packager/elsewhere").status()).isEqualTo(404);
        assertThat(packager.get("/packager/cpix").status()).isEqualTo(405);
        assertThat(meters().get("playgrant.packager.requests")
                        .tags("dialect", "widevine", "outcome", "answered")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters().get("playgrant.packager.requests")
                        .tags("dialect", "widevine", "outcome", "refused")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters().get("playgrant.packager.keys")
                        .tags("dialect", "nginx-vod")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private Packager packager() {
        return Packager.of(
                application().accounts(),
                account,
                context.hasService(HttpServers.class).port());
    }
}
