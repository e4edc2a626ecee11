package io.playgrant.route.stream;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;

/**
 * The answers to some lines.
 *
 * @param results a line for each that was answered; holds tokens
 * @param rest the lines that were not, in their order
 * @param pause when to try those again, from now
 */
record LineAnswers(Buffer results, List<Line> rest, Duration pause) {

    /** Answers to all. */
    static LineAnswers complete(Buffer results) {
        return new LineAnswers(results, List.of(), Duration.ZERO);
    }

    /** Nothing that may be secret. */
    @Override
    public String toString() {
        return "LineAnswers[" + rest.size() + " left]";
    }
}
