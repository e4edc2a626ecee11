package io.playgrant.batch;

import io.playgrant.files.OwnerOnly;
import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file of results. It grows by whole lines and in the order of the requests, so it shows how far a run has come; only its last line may
 * be incomplete. Only its owner may read it, because a licence URL is as good as a licence.
 */
public final class ResultFile implements ResultSink, AutoCloseable {

    private final Path path;
    private final FileChannel channel;
    private long length;

    private ResultFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.length = channel.size();
    }

    /**
     * Creates a file.
     *
     * @throws BatchException if it exists already, or cannot be created
     */
    public static ResultFile create(Path path) {
        return open(path, StandardOpenOption.CREATE_NEW);
    }

    /**
     * Opens a file to append to, and creates it if it is missing.
     *
     * @throws BatchException if it cannot be opened, or another process is writing to it
     */
    public static ResultFile openOrCreate(Path path) {
        return open(path, StandardOpenOption.CREATE);
    }

    private static ResultFile open(Path path, OpenOption creation) {
        try {
            if (Files.isDirectory(path)) {
                throw new BatchException(path + " is a folder");
            }
            Set<OpenOption> options = Set.of(creation, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileChannel channel = FileChannel.open(path, options, OwnerOnly.file());
            if (!isLocked(channel)) {
                channel.close();
                throw new BatchException("Another process is writing to " + path);
            }
            return new ResultFile(path, channel);
        } catch (FileAlreadyExistsException e) {
            throw new BatchException(path + " exists already; use --resume to continue it");
        } catch (IOException e) {
            throw new BatchException(path + " cannot be written: " + StorageException.reason(e));
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** The lines written so far. */
    InputStream read() throws IOException {
        return Channels.newInputStream(channel.position(0));
    }

    /**
     * Cuts off an incomplete line, to continue after the last whole one.
     *
     * @param end the end of the last whole line, in bytes
     */
    void truncate(long end) throws IOException {
        channel.truncate(end).position(end);
        length = end;
    }

    /** Whether the file is empty. */
    public boolean isEmpty() {
        return length == 0;
    }

    Path path() {
        return path;
    }

    @Override
    public void write(byte[] lines) {
        ByteBuffer left = ByteBuffer.wrap(lines);
        try {
            while (left.hasRemaining()) {
                channel.write(left);
            }
            length += lines.length;
        } catch (IOException e) {
            cutOff();
            throw new BatchException(path + " cannot be written: " + StorageException.reason(e));
        }
    }

    /** Cuts off an incomplete line. If that fails, the next run with --resume does so. */
    private void cutOff() {
        try {
            truncate(length);
        } catch (IOException e) {
            // The first failure is the one to report.
        }
    }

    @Override
    public void sync() {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw new BatchException(path + " cannot be written: " + StorageException.reason(e));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
