package io.playgrant.route.packager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.PackagedProgram;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.SharedInstallation;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.route.RunningService.Customer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one PostgreSQL database that packagers ask for the same new keys at the same time. */
class PackagerNodesIT {

    private static final int REQUESTS = 50;
    private static final List<String> TYPES = List.of("SD", "HD", "UHD1", "UHD2", "AUDIO");
    private static final List<String> CONTENTS = List.of("film-1", "film-2", "film-3");

    private final ExecutorService threads = Executors.newFixedThreadPool(REQUESTS);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void fiftyFirstRequestsAtOnce_getOneSetOfKeys(@TempDir Path folder) throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        try (SharedInstallation installation = SharedInstallation.create()) {
            installation.makeKeys(one);
            installation.makeStorageRing(one);
            SharedInstallation.copyKeys(one, two);
            try (Application application = Application.open(installation.settings(one));
                    Server first = PackagedProgram.serve(one, installation.environment());
                    Server second = PackagedProgram.serve(two, installation.environment())) {
                long account = Customer.of(application.accounts().create("N", Profile.STRICT, List.of()))
                        .account();
                Packager packager = Packager.of(application.accounts(), account, first.port());
                for (String content : CONTENTS) {
                    Set<Set<String>> answers = askAtOnce(content, packager, packager.at(second.port()));

                    assertThat(answers.size()).isEqualTo(1);
                    assertThat(answers.iterator().next().size()).isEqualTo(TYPES.size());
                }
                assertThat(application.storedKeys().count(new Owner(account, Environment.PRODUCTION)))
                        .isEqualTo((long) CONTENTS.size() * TYPES.size());
            }
        }
    }

    /** The different answers. */
    private Set<Set<String>> askAtOnce(String content, Packager... nodes) throws Exception {
        CyclicBarrier start = new CyclicBarrier(REQUESTS);
        List<Callable<Set<String>>> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Packager node = nodes[i % nodes.length];
            List<String> types = new ArrayList<>(TYPES);
            Collections.rotate(types, i);
            String body = Packager.requestFor(content, types.toArray(String[]::new));
            requests.add(() -> {
                start.await();
                return keys(Packager.response(node.widevine(body)));
            });
        }
        Set<Set<String>> answers = new HashSet<>();
        for (Future<Set<String>> answer : threads.invokeAll(requests)) {
            answers.add(answer.get());
        }
        return answers;
    }

    private static Set<String> keys(JsonNode response) {
        assertThat(response.path("status").textValue()).isEqualTo("OK");
        Set<String> keys = new HashSet<>();
        for (JsonNode track : response.path("tracks")) {
            keys.add(track.path("type").textValue() + " " + track.path("key_id").textValue() + " "
                    + track.path("key").textValue());
        }
        return keys;
    }
}
