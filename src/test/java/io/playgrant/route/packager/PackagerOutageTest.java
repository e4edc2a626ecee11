package io.playgrant.route.packager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.config.SharedInstallation;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.DatabaseKeys;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.route.RunningService;
import io.playgrant.route.http.RawHttp.Answer;
import io.playgrant.storage.Database;
import io.playgrant.storage.DatabaseBulkhead;
import io.playgrant.storage.PostgresServer;
import io.playgrant.storage.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packagers while the database hangs, and once it is back. */
class PackagerOutageTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** The first attempt to draw a key has failed then. */
    private static final Duration LONGER_THAN_AN_ATTEMPT = DatabaseBulkhead.LIMIT.plusSeconds(1);

    private static final String KNOWN = Packager.requestFor("known", "SD", "HD", "AUDIO");
    private static final String NEW = Packager.requestFor("new", "SD", "HD", "AUDIO");
    private static final String KNOWN_DOCUMENT = document("known-document");
    private static final String NEW_DOCUMENT = document("new-document");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SharedInstallation installation = SharedInstallation.create();
    private TcpProxy proxy;
    private RunningService service;
    private Packager packager;
    private List<String> knownAnswers;

    private static String document(String contentId) {
        return Packager.document(contentId, UUID.randomUUID(), UUID.randomUUID());
    }

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        installation.makeKeys(data);
        installation.makeStorageRing(data);
        proxy = TcpProxy.to(PostgresServer.shared().port());
        Map<String, String> environment = new HashMap<>(installation.environment(proxy));
        environment.put("PLAYGRANT_DATABASE_AWAY_SECONDS", "600");
        service = RunningService.start(data, environment);
        packager = Packager.of(
                service.application().accounts(),
                service.newCustomer(Profile.STRICT).account(),
                service.port());
        service.awaitAccountChangesRead();
        askForKnownKeys();
        awaitKeyChangesRead();
        knownAnswers = askForKnownKeys();
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        service.close();
        proxy.close();
        installation.close();
    }

    @Test
    void newKeys_areDrawnWhenTheDatabaseIsBack_andKnownOnesAreServedMeanwhile() throws Exception {
        proxy.hang();
        long begin = System.nanoTime();
        Future<Answer> keys = threads.submit(() -> packager.widevine(NEW));
        Future<Answer> document = threads.submit(() -> packager.cpix(NEW_DOCUMENT));
        await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertKnownKeysAreServed();
            return since(begin).compareTo(LONGER_THAN_AN_ATTEMPT) > 0;
        });
        assertThat(keys).isNotDone();
        assertThat(document).isNotDone();

        proxy.resume();
        assertThat(Packager.response(keys.get()).path("status").textValue()).isEqualTo("OK");
        assertThat(Packager.plainValues(document.get())).hasSize(2);
        assertSame(packager.widevine(NEW), keys.get());
        assertSame(packager.cpix(NEW_DOCUMENT), document.get());
        assertThat(storedKeys("new")).isEqualTo(3);
        assertThat(storedKeys("new-document")).isEqualTo(2);
    }

    @Test
    void newKeys_areRefusedAfterTwentySeconds_andNothingIsStored() throws Exception {
        proxy.hang();
        long begin = System.nanoTime();
        List<Future<Answer>> requests = List.of(
                threads.submit(() -> packager.widevine(NEW)),
                threads.submit(() -> packager.cpix(NEW_DOCUMENT)),
                threads.submit(() -> packager.get("/packager/cpix/known")),
                threads.submit(() -> packager.get("/packager/nginx-vod?contentId=new&type=SD")));
        for (Future<Answer> request : requests) {
            Answer refused = request.get();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body())
                    .isEqualTo(
                            "{\"code\":-2030,\"message\":\"[-2030] ExpressPlay Admin error: the key storage is out of"
                                    + " reach, try again later\"}");
        }
        assertThat(since(begin)).isBetween(Duration.ofSeconds(19), Duration.ofSeconds(40));
        assertKnownKeysAreServed();

        proxy.breakConnections();
        assertThat(storedKeys("new")).isZero();
        assertThat(storedKeys("new-document")).isZero();
        assertThat(Packager.response(packager.widevine(NEW)).path("tracks")).hasSize(3);
        assertThat(Packager.plainValues(packager.cpix(NEW_DOCUMENT))).hasSize(2);
        assertThat(storedKeys("new")).isEqualTo(3);
        assertThat(storedKeys("new-document")).isEqualTo(2);
    }

    private List<String> askForKnownKeys() throws IOException {
        Answer keys = packager.widevine(KNOWN);
        JsonNode track = Packager.response(keys).path("tracks").get(0);
        Answer document = packager.cpix(KNOWN_DOCUMENT);
        assertThat(Packager.plainValues(document)).hasSize(2);
        List<Answer> answers = List.of(
                keys,
                document,
                packager.get("/packager/nginx-vod?contentId=known&type=SD"),
                packager.get("/packager/nginx-vod?kid=" + kid(track)));
        assertThat(answers).extracting(Answer::status).containsOnly(200);
        return answers.stream().map(Answer::body).toList();
    }

    private void assertKnownKeysAreServed() throws IOException {
        assertThat(askForKnownKeys().equals(knownAnswers)).isTrue();
    }

    private static void assertSame(Answer answer, Answer other) {
        assertThat(answer.body().equals(other.body())).isTrue();
    }

    /**
     * Waits until the service has read all changes of keys so far. A key that a request reads after this stays in memory until it changes
     * again.
     */
    private void awaitKeyChangesRead() throws IOException {
        JsonNode track = Packager.response(packager.widevine(Packager.requestFor("last", "SD")))
                .path("tracks")
                .get(0);
        String target = "/packager/nginx-vod?kid=" + kid(track);
        assertThat(packager.get(target).status()).isEqualTo(200);
        // As another node does, of which the caches of the service are not told.
        new DatabaseKeys(service.application().database())
                .delete(new Owner(packager.account(), Environment.PRODUCTION), KeyId.ofHex(kid(track)));
        await().atMost(SOON).until(() -> packager.get(target).status() == 404);
    }

    private static String kid(JsonNode track) {
        return HexFormat.of()
                .formatHex(Base64.getDecoder().decode(track.path("key_id").textValue()));
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** The number of stored keys of a content, as another client of the database sees them. */
    private int storedKeys(String contentId) {
        try (Database database = Database.open(installation.database(), Database.NEWEST)) {
            return database.withHandle(
                    handle -> handle.createQuery("select count(*) from stored_key where content_id = :content")
                            .bind("content", contentId)
                            .mapTo(Integer.class)
                            .one());
        }
    }
}
