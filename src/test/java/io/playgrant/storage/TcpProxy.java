package io.playgrant.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes connections on to a port of this machine. Told to hang, it still takes what comes and passes nothing on, as a network that is cut. */
public final class TcpProxy implements AutoCloseable {

    private final int target;
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private boolean hangs;

    private TcpProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    /** Starts to pass connections on. */
    public static TcpProxy to(int port) throws IOException {
        TcpProxy proxy = new TcpProxy(port);
        start(proxy::accept);
        return proxy;
    }

    /** The port it listens on, of 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Passes nothing on. */
    public synchronized void hang() {
        hangs = true;
    }

    /** Passes on what it has taken meanwhile, and what comes. */
    public synchronized void resume() {
        hangs = false;
        notifyAll();
    }

    /** Breaks all connections. What it has taken is lost, and new connections are passed on. */
    public void breakConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        resume();
    }

    private void accept() throws IOException {
        while (true) {
            Socket near = listener.accept();
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.addAll(List.of(near, far));
            start(() -> pass(near, far));
            start(() -> pass(far, near));
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8_192];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                awaitFlow();
                out.write(bytes, 0, n);
            }
            awaitFlow();
        }
    }

    private synchronized void awaitFlow() {
        while (hangs) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Breaks all connections and takes no more. */
    @Override
    public void close() throws IOException {
        listener.close();
        breakConnections();
    }

    /** What a thread does until a connection ends. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Closed at one end, and so at the other.
                    }
                },
                "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
