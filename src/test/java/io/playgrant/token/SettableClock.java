package io.playgrant.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that shows what it is told to, and goes on by a step whenever it is looked at. */
public final class SettableClock extends Clock {

    private final AtomicReference<Instant> now;
    private final Duration step;

    /** A clock that shows this time first. */
    public SettableClock(Instant now, Duration step) {
        this.now = new AtomicReference<>(now);
        this.step = step;
    }

    /** Shows this time from now on. */
    public void set(Instant time) {
        now.set(time);
    }

    @Override
    public Instant instant() {
        return now.getAndUpdate(time -> time.plus(step));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
