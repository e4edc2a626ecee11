package io.playgrant.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.error.ErrorMessage;
import io.playgrant.token.Parameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RetryingTokenSourceTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final CountDownLatch stop = new CountDownLatch(1);

    @Test
    void whatPasses_isAskedForAgain_andNothingElse() {
        List<TokenResult> results = issue(Duration.ofMinutes(1), ids -> switch (asked.size()) {
            case 1 -> List.of(ok("a"), error("b", -2030), error("c", -4018), error("d", 503));
            case 2 -> List.of(ok("b"));
            case 3 -> throw new SourceAwayException("away");
            default -> List.of(ok("d"));
        });
        assertThat(asked).containsExactly("[a, b, c, d]", "[b, d]", "[d]", "[d]");
        assertThat(results).containsExactly(ok("a"), ok("b"), error("c", -4018), ok("d"));
    }

    @Test
    void patienceEnds_withTheReason() {
        assertThatThrownBy(() -> issue(Duration.ZERO, ids -> {
                    throw new SourceAwayException("The server is away");
                }))
                .isInstanceOf(BatchException.class)
                .hasMessage("The server is away");
        assertThatThrownBy(() -> issue(
                        Duration.ZERO,
                        ids -> List.of(error("a", -2030), error("b", -2030), error("c", -2030), error("d", -2030))))
                .isInstanceOf(BatchException.class)
                .hasMessage("The service is unavailable: -2030");
    }

    @Test
    void whoeverIsGivenSomething_renewsThePatienceOfAll() {
        AtomicLong now = new AtomicLong();
        ProgressDeadline patience = new ProgressDeadline(Duration.ofNanos(10), now::get);
        TokenSource source = items -> {
            asked.add("");
            now.addAndGet(9);
            if (asked.size() < 5) {
                // Another thread's token.
                patience.renew();
                throw new SourceAwayException("away");
            }
            now.addAndGet(1);
            throw new SourceAwayException("away for long");
        };
        List<Item> items = List.of(Item.of("a", new Parameters()));
        assertThatThrownBy(() -> new RetryingTokenSource(source, patience, AT_ONCE, stop, notices::add).issue(items))
                .isInstanceOf(BatchException.class)
                .hasMessage("away for long");
        assertThat(asked).hasSize(5);
    }

    @Test
    void waiting_isToldOnce() {
        assertThatThrownBy(() -> issue(Duration.ofNanos(1), ids -> {
                    throw new SourceAwayException("away");
                }))
                .isInstanceOf(BatchException.class);
        issue(Duration.ofDays(1), ids -> ids.size() < 5 ? List.of() : List.of(ok("a"), ok("b"), ok("c"), ok("d")));
        assertThat(notices)
                .containsExactly(
                        "away; retrying for a while", "The service ended its answer early; retrying for a while");
    }

    @Test
    void stop_endsTheWaiting() {
        stop.countDown();
        assertThatThrownBy(() -> issue(Duration.ofDays(1), ids -> List.of()))
                .isInstanceOf(BatchException.class)
                .hasMessage("The service ended its answer early");
        assertThat(asked).hasSize(1);
    }

    private List<TokenResult> issue(Duration limit, Function<List<String>, List<TokenResult>> answers) {
        TokenSource source = items -> {
            asked.add(items.stream().map(Item::id).toList().toString());
            return answers.apply(asked);
        };
        List<Item> items = List.of("a", "b", "c", "d").stream()
                .map(id -> Item.of(id, new Parameters()))
                .toList();
        return new RetryingTokenSource(source, new ProgressDeadline(limit), AT_ONCE, stop, notices::add).issue(items);
    }

    private static TokenResult ok(String id) {
        return TokenResult.of(id, "url");
    }

    private static TokenResult error(String id, int code) {
        return TokenResult.of(id, new ErrorMessage(code, Integer.toString(code)));
    }
}
