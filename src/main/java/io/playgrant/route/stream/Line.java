package io.playgrant.route.stream;

/**
 * A line of a stream that is not empty.
 *
 * @param number its number among all lines, from 1
 * @param bytes what it holds, without its end; may hold secrets; empty if it was too long
 */
record Line(long number, byte[] bytes) {

    /** The longest line, in bytes, without its end. */
    static final int LONGEST = 64 * 1024;

    boolean isTooLong() {
        return bytes.length == 0;
    }

    /** The number only. */
    @Override
    public String toString() {
        return "line " + number;
    }
}
