package io.playgrant.batch.row;

/**
 * The position of a row in its file.
 *
 * @param line the number of its first line, from 1
 * @param element its number in an array, from 1; 0 if the file has lines
 */
public record Place(long line, long element) {

    /** The place of a line. */
    public static Place line(long line) {
        return new Place(line, 0);
    }

    /** The place of an element, which may share its line with others. */
    public static Place element(long element, long line) {
        return new Place(line, element);
    }

    /** The number that identifies a row without an id. */
    public long number() {
        return element == 0 ? line : element;
    }

    /** The place as text for users. */
    @Override
    public String toString() {
        return element == 0 ? "line " + line : "element " + element + ", line " + line;
    }
}
