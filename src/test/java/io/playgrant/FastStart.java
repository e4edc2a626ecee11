package io.playgrant;

/** Options with which Java starts fast. The processes of tests live for seconds only. */
public final class FastStart {

    /** The list of options that the tests themselves run with; relative to the project's folder, where tests run. */
    public static final String OPTIONS = "@src/test/fast-start.options";

    private FastStart() {}
}
