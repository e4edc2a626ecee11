package io.playgrant.bench.server;

import io.playgrant.bench.measure.Allocation;
import io.playgrant.bench.measure.ProcessFigures;
import io.playgrant.broker.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A server that is compared with others.
 *
 * @param process the process
 * @param port where it serves
 * @param allocation what it allocates
 */
public record ComparedServer(ServerProcess process, int port, Allocation allocation) implements AutoCloseable {

    /** Playgrant as shipped. */
    public static ComparedServer playgrant(Path data) throws IOException, InterruptedException {
        PlaygrantServer server = PlaygrantServer.start(data, Map.of());
        return new ComparedServer(server.process(), server.port(), Allocation.of(server.process().pid()));
    }

    /**
     * Bare Vert.x with constant answers, on the same Java with the same options as another server.
     *
     * @param answers the folder with the answers, see {@link ConstantServer}
     */
    public static ComparedServer constant(ComparedServer like, Path answers) throws IOException, InterruptedException {
        return own(like, ConstantServer.class, answers);
    }

    /** The hand-written server, on the same Java with the same options as another server. */
    public static ComparedServer handWritten(ComparedServer like, Path data) throws IOException, InterruptedException {
        return own(like, HandWrittenServer.class, data);
    }

    private static ComparedServer own(ComparedServer like, Class<?> program, Path folder)
            throws IOException, InterruptedException {
        int port = FreePort.find();
        ServerProcess process = ServerProcess.startLike(
                like.process(),
                program,
                List.of(Integer.toString(port), folder.toString()),
                Map.of(),
                Files.createTempFile(folder.getParent(), program.getSimpleName(), ".log"));
        process.await(EventLoops.READY);
        return new ComparedServer(process, port, Allocation.of(process.pid()));
    }

    public ProcessFigures figures() {
        return process.figures();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        allocation.close();
        process.close();
    }
}
