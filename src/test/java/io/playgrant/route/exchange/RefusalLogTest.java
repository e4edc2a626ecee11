package io.playgrant.route.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bucket4j.TimeMeter;
import io.playgrant.account.Account;
import io.playgrant.account.Caller;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.Profile;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusalLogTest {

    /** As the JSON form of the log has it. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicLong nanoTime = new AtomicLong(-1);
    private final RefusalLog log = new RefusalLog(new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanoTime.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.playgrant.refused");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    @Test
    void line_isTextForPeople_andFieldsForMachines() {
        add(TokenException.of(ErrorCode.INVALID_KID, "kid must be given once"));
        assertThat(text()).isEqualTo("request=id source=http code=-4022 status=400 details=\"kid must be given once\"");
        assertThat(fields())
                .containsExactly(
                        Map.entry("request", "id"),
                        Map.entry("source", "http"),
                        Map.entry("code", -4022),
                        Map.entry("status", 400),
                        Map.entry("details", "kid must be given once"));
    }

    @Test
    void reason_isForTheOperator() {
        add(TokenException.withReason(ErrorCode.INVALID_AUTHENTICATOR, "why"));
        assertThat(text()).endsWith(" details=\"\" reason=\"why\"");
        assertThat(fields()).containsEntry("reason", "why");
    }

    @Test
    void lineEndsAndQuotes_cannotMakeAnotherLineOrField() {
        add(TokenException.of(ErrorCode.INVALID_KID, "a\" code=0\r\n2026 INFO\u0085\u001b[1m"));
        assertThat(text()).endsWith(" details=\"a? code=0??2026 INFO??[1m\"");
    }

    @Test
    void unknownCallers_getOneLineASecond_thatCountsTheOthers() {
        for (int i = 0; i < 4; i++) {
            add(TokenException.of(ErrorCode.NOT_FOUND));
        }
        assertThat(lines.list).hasSize(1);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        add(TokenException.of(ErrorCode.NOT_FOUND));
        assertThat(lines.list).hasSize(2);
        assertThat(text()).endsWith(" details=\"\" unwritten=3");
        assertThat(fields()).containsEntry("unwritten", 3L);
    }

    @Test
    void anAccount_getsAHundredLinesASecond_thatCountTheOthers() {
        for (int i = 0; i < 103; i++) {
            log.add(TokenException.of(ErrorCode.INVALID_KID), "id", "http", Optional.of(caller(1001)));
        }
        assertThat(lines.list).hasSize(100);
        log.add(TokenException.of(ErrorCode.INVALID_KID), "id", "http", Optional.of(caller(1002)));
        assertThat(lines.list).hasSize(101);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        log.add(TokenException.of(ErrorCode.INVALID_KID), "id", "http", Optional.of(caller(1001)));
        assertThat(text()).endsWith(" details=\"\" unwritten=3");
        log.add(TokenException.of(ErrorCode.INVALID_KID), "id", "http", Optional.of(caller(1001)));
        assertThat(text()).endsWith(" details=\"\"");
    }

    @Test
    void failures_areAlwaysWritten() {
        add(TokenException.of(ErrorCode.INTERNAL_ERROR));
        add(TokenException.of(ErrorCode.INTERNAL_ERROR));
        assertThat(lines.list).hasSize(2);
    }

    private static Caller caller(long account) {
        return new Caller(
                new Account(account, "N", Profile.STRICT, true, true, List.of(), Limit.NONE, Limit.NONE, 1, List.of()),
                Environment.PRODUCTION);
    }

    private void add(TokenException refusal) {
        log.add(refusal, "id", "http", Optional.empty());
    }

    private String text() {
        return RefusalLines.text(last());
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        last().getKeyValuePairs().forEach(pair -> fields.put(pair.key, JSON.convertValue(pair.value, Object.class)));
        return fields;
    }

    private ILoggingEvent last() {
        return lines.list.get(lines.list.size() - 1);
    }
}
