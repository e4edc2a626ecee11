package io.playgrant.view.story;

import io.playgrant.account.Account;
import io.playgrant.account.Accounts;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.record.RecordCursor;
import io.playgrant.record.RecordPage;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.Records;
import io.playgrant.record.TokenRecord;
import io.playgrant.revocation.Revocation;
import io.playgrant.revocation.Revocations;
import io.playgrant.revocation.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells the stories of tokens: their issue, redemptions, refusals, revocations and end.
 *
 * @param budget how long a search for records may take; a longer one continues with the cursor of the story
 */
public record StoryTeller(Records records, Accounts accounts, Revocations revocations, Duration budget, Clock clock) {

    private static final int MOST_EVENTS = 200;

    /**
     * The story of a token, from its newest record on.
     *
     * @param refusal why a redemption is refused now, see {@link io.playgrant.view.RedemptionTrial}; empty if it is not, or not known
     */
    public TokenStory tell(StorySubject subject, Optional<TokenException> refusal) {
        RecordPage page = search(subject, null);
        List<Revocation> revoked = revocations(subject);
        List<StoryEvent> events = events(page);
        revoked.forEach(revocation -> events.add(StoryEvent.of(revocation)));
        subject.claims().ifPresent(claims -> events.add(StoryEvent.ofEnd(claims.expiresAt(), clock.instant())));
        events.sort(Comparator.comparing(StoryTeller::order));
        Verdict verdict = now(subject, refusal, revoked)
                .map(Verdict::refused)
                .orElseGet(() -> ofRequests(page, subject.claims().isPresent()));
        return new TokenStory(events, verdict, page);
    }

    /**
     * The older part of a story.
     *
     * @param wasChecked whether a redemption was tried at the beginning, and not refused
     * @param before the cursor at which the newer part ended
     */
    public TokenStory tellOlder(StorySubject subject, boolean wasChecked, RecordCursor before) {
        RecordPage page = search(subject, before);
        return new TokenStory(events(page), ofRequests(page, wasChecked), page);
    }

    private RecordPage search(StorySubject subject, @Nullable RecordCursor before) {
        return records.search(
                new RecordQuery(
                        subject.account(),
                        subject.environment(),
                        new RecordQuery.Filter(null, subject.tokenId(), null, null),
                        subject.from(),
                        null,
                        before,
                        MOST_EVENTS),
                budget);
    }

    private List<Revocation> revocations(StorySubject subject) {
        return revocations.list().stream()
                .filter(revocation -> revocation
                        .scope()
                        .covers(
                                subject.tokenId(),
                                subject.kids(),
                                subject.account(),
                                subject.environment(),
                                subject.issuedAt()))
                .toList();
    }

    /** The events of records, oldest first. */
    private static List<StoryEvent> events(RecordPage page) {
        List<StoryEvent> events = new ArrayList<>();
        for (int i = page.records().size() - 1; i >= 0; i--) {
            events.add(StoryEvent.of(page.records().get(i)));
        }
        return events;
    }

    /** A revocation has the time of whole seconds. It is later than what it refused in its second. */
    private static Instant order(StoryEvent event) {
        return event.kind() == StoryEvent.Kind.REVOKED ? event.time().plusSeconds(1) : event.time();
    }

    /** What is against the token now. */
    private Optional<Advice> now(StorySubject subject, Optional<TokenException> refusal, List<Revocation> revoked) {
        return refusal.map(
                        one -> Advice.ofRedemption(one.code(), one.reason().isEmpty() ? one.details() : one.reason()))
                .or(() -> subject.claims().isPresent() ? Optional.empty() : againstRecord(subject, revoked));
    }

    /** The verdict on a token that nothing is against: that of the last licence request. */
    private static Verdict ofRequests(RecordPage page, boolean wasChecked) {
        Optional<TokenRecord> last =
                page.records().stream().filter(one -> one.redemption() != null).findFirst();
        Optional<Advice> advice = last.flatMap(Advice::of);
        if (last.isPresent() && advice.isPresent()) {
            return Verdict.lastRefused(last.get(), advice.get(), wasChecked);
        }
        if (last.isEmpty() && page.next() != null) {
            return Verdict.open(wasChecked);
        }
        if (!wasChecked) {
            return Verdict.unknown();
        }
        return last.isPresent() ? Verdict.wouldPlay() : Verdict.neverTried();
    }

    /** What is known to be against a token of which only a record is at hand. */
    private Optional<Advice> againstRecord(StorySubject subject, List<Revocation> revoked) {
        Optional<Account> account = accounts.find(subject.account());
        Instant end = subject.issuedAt().plus(Scope.LONGEST_LIFE);
        return Stream.of(
                        ofAccount(account),
                        revoked.stream()
                                .findFirst()
                                .map(one ->
                                        Advice.ofRedemption(ErrorCode.INVALID_TOKEN, "revoked at " + one.revokedAt())),
                        end.isBefore(clock.instant())
                                ? Optional.of(Advice.ofRedemption(ErrorCode.INVALID_TOKEN, "expired at " + end))
                                : Optional.<Advice>empty())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Advice> ofAccount(Optional<Account> account) {
        if (account.isEmpty()) {
            return Optional.of(Advice.ofRedemption(ErrorCode.ACCOUNT_DISABLED, "the account was deleted"));
        }
        if (!account.get().enabled()) {
            return Optional.of(Advice.ofRedemption(ErrorCode.ACCOUNT_DISABLED, ""));
        }
        return account.get().widevine()
                ? Optional.empty()
                : Optional.of(Advice.ofRedemption(ErrorCode.WIDEVINE_DISABLED, ""));
    }
}
