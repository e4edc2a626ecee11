package io.playgrant.keystore.packaging;

import java.time.Duration;
import java.util.Optional;

/**
 * The limits of keys that rotate.
 *
 * @param mostOfContent the most crypto periods of one content whose keys have not expired
 * @param life how long a key of a crypto period is used after it was drawn; for ever if empty
 */
public record PeriodLimits(int mostOfContent, Optional<Duration> life) {}
