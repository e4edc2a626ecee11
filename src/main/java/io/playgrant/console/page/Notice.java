package io.playgrant.console.page;

/**
 * A sentence above the body of a page, announced by screen readers.
 *
 * @param kind a class of the style sheet: good, warn, bad, or empty
 * @param text the sentence; never from a URL, see {@link Flash}
 */
public record Notice(String kind, String text) {

    /** Something was done. */
    public static Notice good(String text) {
        return new Notice("good", text);
    }

    /** Something should be known. */
    public static Notice warn(String text) {
        return new Notice("warn", text);
    }

    /** Something failed. */
    public static Notice bad(String text) {
        return new Notice("bad", text);
    }
}
