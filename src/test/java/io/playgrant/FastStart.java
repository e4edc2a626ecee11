package io.playgrant;

import java.util.List;

/** Options with which Java starts fast. Tests start many processes, and each lives for seconds only. */
public final class FastStart {

    /** A process ends before the optimizing compiler pays off, and has few objects to collect. */
    public static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private FastStart() {}
}
