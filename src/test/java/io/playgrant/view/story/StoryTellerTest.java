package io.playgrant.view.story;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.RepeatableRandom;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Accounts;
import io.playgrant.account.AuthenticatorHash;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.audit.Audit;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.Recording;
import io.playgrant.record.Records;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.RedemptionRecord.Kind;
import io.playgrant.record.TokenRecord;
import io.playgrant.revocation.Revocations;
import io.playgrant.revocation.Scope;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import io.playgrant.token.Claims;
import io.playgrant.token.ClaimsBuilder;
import io.playgrant.token.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class StoryTellerTest {

    private static final String HASH_KEY = secret("5ec2e7c0ffee5ec2e7c0ffee5ec2e7a15ec2e7c0ffee5ec2e7c0ffee5ec2e7a1");
    private static final Instant ISSUED = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant EXPIRES = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant NOW = ISSUED.plusSeconds(3_600);
    private static final long ACCOUNT = 1001;
    private static final Claims TOKEN = new ClaimsBuilder()
            .account(ACCOUNT)
            .issuedAt(ISSUED)
            .expiresAt(EXPIRES)
            .build();
    private static final StorySubject SUBJECT = StorySubject.of(TOKEN);

    private final SettableClock clock = new SettableClock(NOW, Duration.ZERO);
    private Database database;
    private Accounts accounts;
    private Records records;
    private Revocations revocations;
    private StoryTeller teller;

    @BeforeEach
    void open(TestDatabase databases) {
        database = databases.open();
        Audit audit = new Audit(database, clock, "tester");
        AuthenticatorHash hash = new AuthenticatorHash(HexFormat.of().parseHex(HASH_KEY));
        accounts = new Accounts(database, hash, audit, clock, new RepeatableRandom(1));
        accounts.create("Studio", Profile.STRICT, List.of());
        records = new Records(database, (transaction, written) -> {});
        revocations = new Revocations(database, audit, clock);
        teller = teller(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void story_hasEveryEventInOrderOfTime_andEndsInAVerdict() {
        write(
                record(ISSUED, 0, null),
                record(ISSUED.plusSeconds(5), 0, redemption(Kind.LICENSE, null)),
                record(
                        ISSUED.plusSeconds(6),
                        0,
                        redemption(Kind.LICENSE, "repeated within a minute, not counted again")),
                record(ISSUED.plusSeconds(60), 0, redemption(Kind.RENEWAL, null)),
                record(ISSUED.plusSeconds(70), 0, redemption(Kind.RELEASE, null)),
                record(ISSUED.plusSeconds(80), -4010, redemption(Kind.LICENSE, "wrong content")));
        revocations.revoke(TOKEN, "leaked");

        TokenStory story = teller.tell(
                SUBJECT, Optional.of(TokenException.withReason(ErrorCode.INVALID_TOKEN, "revoked at " + NOW)));

        assertThat(lines(story))
                .containsExactly(
                        "2026-11-20T12:00:00Z issued The token was issued.",
                        "2026-11-20T12:00:05Z redeemed The player got a licence.",
                        "2026-11-20T12:00:06Z redeemed The player got the licence again, which is not counted.",
                        "2026-11-20T12:01:00Z renewed The player renewed its licence.",
                        "2026-11-20T12:01:10Z released The player gave its licence up.",
                        "2026-11-20T12:01:20Z refused The token is for other content: none of the keys that the player asks"
                                + " for is in it.",
                        "2026-11-20T13:00:00Z revoked Revocation 1 by tester: leaked",
                        "2026-11-21T12:00:00Z expires The token will expire.");
        assertThat(story.verdict().plays()).isFalse();
        assertThat(story.verdict().text()).isEqualTo("It does not play.");
        assertThat(story.verdict().advice().orElseThrow().why()).isEqualTo("The token was revoked.");
        assertThat(story.page().next()).isNull();
    }

    @Test
    void verdict_isThatOfTheLastRequest_ifTheTokenItselfIsValid() {
        write(
                record(ISSUED, 0, null),
                record(ISSUED.plusSeconds(80), -4010, redemption(Kind.LICENSE, "wrong content")));

        Verdict verdict = teller.tell(SUBJECT, Optional.empty()).verdict();

        assertThat(verdict.plays()).isFalse();
        assertThat(verdict.text())
                .isEqualTo(
                        "The token itself is valid, but the last licence request was refused, at 2026-11-20T12:01:20Z.");
        assertThat(verdict.advice().orElseThrow().actor()).isEqualTo(Advice.Actor.BACK_END);
    }

    @Test
    void verdict_isThatItWouldPlay_ifNothingSpeaksAgainstIt() {
        write(record(ISSUED, 0, null));
        assertThat(teller.tell(SUBJECT, Optional.empty())
                        .verdict()
                        .advice()
                        .orElseThrow()
                        .why())
                .isEqualTo("No licence request with this token has arrived.");
        write(record(ISSUED.plusSeconds(1), 0, redemption(Kind.LICENSE, null)));

        assertThat(teller.tell(SUBJECT, Optional.empty()).verdict())
                .isEqualTo(new Verdict(
                        true, false, "It would play: every check that needs no player passes.", Optional.empty()));
    }

    @Test
    void storyOfARecord_knowsAccountRevocationsAndAge() {
        TokenRecord issue = record(ISSUED, 0, null);
        write(issue);
        assertThat(ofRecord(issue).plays()).isTrue();
        assertThat(ofRecord(issue).text())
                .isEqualTo(
                        "Nothing in the records speaks against it. To run every check, paste its licence URL on the page"
                                + " Explain.");

        revocations.revoke(new Scope(null, KeyId.ofName("film"), null, null, NOW), "");
        assertThat(why(issue)).isEqualTo("The token was revoked.");
        accounts.change(ACCOUNT, AccountChange.widevine(false));
        assertThat(why(issue)).isEqualTo("The account of the token may not use Widevine.");
        accounts.change(ACCOUNT, AccountChange.enabled(false));
        assertThat(why(issue)).isEqualTo("The account of the token is disabled.");
        accounts.delete(ACCOUNT);
        assertThat(why(issue)).isEqualTo("The account that issued the token was deleted.");
    }

    @Test
    void storyOfAnOldRecord_saysThatTheTokenHasExpired() {
        TokenRecord issue = record(ISSUED, 0, null);
        clock.set(ISSUED.plus(Scope.LONGEST_LIFE).plusSeconds(1));
        assertThat(why(issue)).isEqualTo("The token has expired.");
    }

    @Test
    void recordWithoutAToken_hasNoStory() {
        assertThat(StorySubject.of(new TokenRecord(
                        NOW,
                        "id",
                        null,
                        ACCOUNT,
                        Environment.PRODUCTION,
                        -2019,
                        List.of(),
                        null,
                        null,
                        TokenRecord.Source.HTTP,
                        null,
                        null)))
                .isEmpty();
    }

    @Test
    void story_loadsInSteps_whenTheBudgetIsSpent() {
        List<TokenRecord> all = new ArrayList<>();
        all.add(record(ISSUED, 0, null));
        for (int i = 1; i < 20; i++) {
            all.add(record(ISSUED.plusSeconds(i * 10L), 0, redemption(Kind.LICENSE, null)));
        }
        write(all.toArray(new TokenRecord[0]));
        StoryTeller hurried = teller(Duration.ZERO);
        List<StoryEvent> events = new ArrayList<>();

        TokenStory story = hurried.tell(SUBJECT, Optional.empty());
        assertThat(story.verdict().isOpen()).isTrue();
        assertThat(story.verdict().text())
                .isEqualTo("The token itself is valid. Its last licence request is being searched for.");
        events.addAll(story.events());
        List<Verdict> verdicts = new ArrayList<>();
        while (story.page().next() != null) {
            story = hurried.tellOlder(SUBJECT, true, story.page().next());
            events.addAll(0, story.events());
            verdicts.add(story.verdict());
        }
        assertThat(verdicts.get(0).isOpen()).isFalse();
        assertThat(verdicts.get(0).text()).isEqualTo("It would play: every check that needs no player passes.");
        assertThat(events).isEqualTo(teller.tell(SUBJECT, Optional.empty()).events());
        assertThat(events).hasSize(21);
    }

    private StoryTeller teller(Duration budget) {
        return new StoryTeller(records, accounts, revocations, budget, clock);
    }

    private Verdict ofRecord(TokenRecord record) {
        return teller.tell(StorySubject.of(record).orElseThrow(), Optional.empty())
                .verdict();
    }

    private String why(TokenRecord record) {
        return ofRecord(record).advice().orElseThrow().why();
    }

    private void write(TokenRecord... some) {
        try (RecordWriter writer = new RecordWriter(records, Recording.SYNC)) {
            writer.add(List.of(some));
        }
    }

    private static List<String> lines(TokenStory story) {
        return story.events().stream()
                .map(event -> event.time() + " " + event.kind().label() + " " + event.text())
                .toList();
    }

    private static RedemptionRecord redemption(Kind kind, @Nullable String reason) {
        return new RedemptionRecord(kind, reason, null, null, null);
    }

    private static TokenRecord record(Instant time, int code, @Nullable RedemptionRecord redemption) {
        return new TokenRecord(
                time,
                "0123456789abcdef",
                TOKEN.tokenId(),
                ACCOUNT,
                Environment.PRODUCTION,
                code,
                List.of(KeyId.ofName("film")),
                null,
                null,
                TokenRecord.Source.HTTP,
                null,
                redemption);
    }
}
