package io.playgrant.batch;

/** The destination of results, in the order of the requests. */
public interface ResultSink {

    /**
     * Appends whole lines.
     *
     * @throws BatchException if they cannot be written; then none of them is there
     */
    void write(byte[] lines);

    /**
     * Synchronises the written lines to the disk.
     *
     * @throws BatchException if that fails
     */
    void sync();
}
