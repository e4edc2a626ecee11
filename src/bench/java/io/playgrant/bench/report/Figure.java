package io.playgrant.bench.report;

import java.util.Locale;

/** The figures that docs/performance.md sets against its targets. */
public enum Figure {
    PROCESSOR_TO_BARE("processor time ÷ bare Vert.x", 3.8, 3.0),
    THROUGHPUT_TO_BARE("throughput ÷ bare Vert.x", 0.36, 0.50),
    ONE_CONNECTION_TO_BARE("one connection: throughput ÷ bare Vert.x", 0.45, 0.60),
    PROCESSOR_TO_HAND_WRITTEN("processor time ÷ hand-written", 1.25, 1.1),
    P99_TO_BARE("p99 at half load ÷ bare Vert.x", 3, 2),
    ERRORS_TO_SUCCESS("errors ÷ success, throughput", 0.8, 1.0),
    RESIDENT("resident after 100,000 requests, MB", 320, 250),
    FIRST_SECONDS("first 10 s ÷ warm rate, JDK 25 with cache", 0.5, 0.8),
    FIRST_TOKEN("start to first token, JDK 25 with cache, s", 1.5, 0.8),
    MINT_TO_CIPHER("mint ÷ bare AES-GCM", 3, 2),
    MANY_ACCOUNTS("1,000,000 accounts ÷ 1", 0.9, 0.97),
    KAFKA_SINGLE("Kafka, single messages ÷ plain loop", 0.85, 0.95),
    KAFKA_BATCHES("Kafka, batches of 1,000 ÷ the loop's batches", 0.7, 0.9),
    REDEEM_TO_ISSUE("Clear Key redemption ÷ token, processor time", 1.5, 1.2),
    REDEEM_P99("p99 of redemption at half load, ms", 10, 5),
    REDEEM_AT_ONCE("500 redemptions at once, cloud at 100 ms, s", 1, 0.5),
    TOKENS_MEANWHILE("tokens beside 500 redemptions a second ÷ without", 0.9, 0.95),
    PACKAGER_P99("p99 of 1,000 requests a second for known keys, ms", 10, 5),
    CONSOLE_PAGE("slowest page of the console, p95, ms", 300, 150),
    TOKENS_WITH_CONSOLE("tokens with the overview open in five browsers ÷ without", 0.95, 0.98),
    COUNTING("counting answers, % of a token's processor time", 3, 1.5);

    private final String title;
    private final double atLeast;
    private final double aim;

    Figure(String title, double atLeast, double aim) {
        this.title = title;
        this.atLeast = atLeast;
        this.aim = aim;
    }

    public String title() {
        return title;
    }

    /** The value that is required. */
    public double atLeast() {
        return atLeast;
    }

    /** The value that is aimed at. */
    public double aim() {
        return aim;
    }

    /** The name of its cell in docs/performance.md. */
    public String cell() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How a measured value compares with the targets. */
    public String verdict(double value) {
        return isReached(value, aim) ? "aim reached" : isReached(value, atLeast) ? "reached" : "missed";
    }

    private boolean isReached(double value, double target) {
        return aim < atLeast ? value <= target : value >= target;
    }
}
