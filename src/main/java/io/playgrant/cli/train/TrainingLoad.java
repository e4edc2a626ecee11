package io.playgrant.cli.train;

import io.playgrant.cli.terminal.CommandException;
import io.playgrant.route.Ports;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends requests to a server over several connections, until Java has seen enough of them to know the hot methods. */
final class TrainingLoad {

    private static final int CONNECTIONS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final String authenticator;
    private final String ofTest;
    private final AtomicInteger remaining;

    /**
     * A load.
     *
     * @param authenticator an authenticator of the production environment
     * @param ofTest one of the test environment, whose tokens are redeemed
     * @param requests the number of requests
     */
    TrainingLoad(String authenticator, String ofTest, int requests) {
        this.authenticator = authenticator;
        this.ofTest = ofTest;
        this.remaining = new AtomicInteger(requests);
    }

    /**
     * Sends the requests, and returns when all are answered or the time is over.
     *
     * @throws CommandException if one is answered otherwise than it must be
     */
    void send(Ports ports) {
        List<TrainingRequest> cycle = prepare(ports);
        ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Callable<Void>> tasks = Collections.nCopies(CONNECTIONS, () -> {
                send(ports.http(), cycle);
                return null;
            });
            for (Future<Void> client : clients.invokeAll(tasks)) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new CommandException("The training failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.shutdownNow();
        }
    }

    /** Sends what is needed once. Returns the requests that are sent over and over. */
    private List<TrainingRequest> prepare(Ports ports) {
        try (KeepAliveConnection service = KeepAliveConnection.to(ports.http());
                KeepAliveConnection management = KeepAliveConnection.to(ports.management())) {
            service.exchange(TrainingRequest.storeKey(authenticator));
            service.exchange(TrainingRequest.unknownPath());
            management.exchange(TrainingRequest.health());
            management.exchange(TrainingRequest.metrics());
            String once = service.exchange(TrainingRequest.issue(ofTest, "&maxRedemptions=1"));
            service.exchange(TrainingRequest.redeem(once));
            return TrainingRequest.cycle(authenticator, service.exchange(TrainingRequest.issue(ofTest, "")));
        } catch (IOException e) {
            throw new CommandException("The training failed: " + e);
        }
    }

    private void send(int port, List<TrainingRequest> cycle) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        try (KeepAliveConnection connection = KeepAliveConnection.to(port)) {
            for (int left = remaining.getAndDecrement();
                    left > 0 && System.nanoTime() < end;
                    left = remaining.getAndDecrement()) {
                connection.exchange(cycle.get(left % cycle.size()));
            }
        }
    }
}
