package io.playgrant.batch;

/** Where results go, in their order. */
public interface ResultSink {

    /**
     * Adds whole lines.
     *
     * @throws BatchException if they cannot be written; of them none is there then
     */
    void write(byte[] lines);

    /**
     * Makes sure of what was written.
     *
     * @throws BatchException if that fails
     */
    void sync();
}
