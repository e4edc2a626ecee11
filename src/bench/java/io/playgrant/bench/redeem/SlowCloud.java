package io.playgrant.bench.redeem;

import io.playgrant.bench.measure.OpenLoop;
import io.playgrant.cli.dev.StandInBehaviour;
import io.playgrant.cli.dev.StandInCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many redemptions at once at a licence service that takes 100 ms for each answer, and tokens issued meanwhile. */
final class SlowCloud implements AutoCloseable {

    static final int AT_ONCE = 500;

    private static final StandInBehaviour SLOW = new StandInBehaviour(
            100,
            StandInBehaviour.GOOD.httpStatus(),
            StandInBehaviour.GOOD.status(),
            StandInBehaviour.GOOD.internalStatus(),
            StandInBehaviour.GOOD.fault(),
            StandInBehaviour.GOOD.paddings());

    private static final Duration ONE_MILLISECOND = Duration.ofMillis(1);
    private static final double ALL_IN_A_MILLISECOND = AT_ONCE * 1_000.0;
    private static final double LAST = 100;

    private final StandInCloud cloud = new StandInCloud(0, SLOW);
    private final RedemptionServer server;

    private SlowCloud(Path folder) throws IOException, InterruptedException {
        server = RedemptionServer.start(
                folder,
                Map.of(
                        "PLAYGRANT_LICENSE_SERVICE", "widevine-cloud",
                        "PLAYGRANT_WIDEVINE_URL", cloud.url().toString(),
                        "PLAYGRANT_WIDEVINE_PROVIDER", StandInCloud.PROVIDER,
                        "PLAYGRANT_WIDEVINE_KEY", StandInCloud.KEY,
                        "PLAYGRANT_WIDEVINE_IV", StandInCloud.IV));
    }

    static SlowCloud start(Path folder) throws IOException, InterruptedException {
        return new SlowCloud(folder);
    }

    /** Sends all redemptions within a millisecond. Returns the seconds until the last of them is answered. */
    double redeemAtOnce() throws IOException, InterruptedException {
        OpenLoop.Result result = OpenLoop.run(
                server.port(),
                server.redemption(Players.challenge()),
                AT_ONCE,
                ALL_IN_A_MILLISECOND,
                ONE_MILLISECOND);
        return result.millis(LAST) / 1_000;
    }

    /** Sends all redemptions at once, again and again. About 30,000 of them pass before the code of a redemption is compiled. */
    void redeemFor(Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            redeemAtOnce();
        }
    }

    /** Tokens per second while nothing is redeemed. */
    double tokens(Duration time) throws IOException, InterruptedException {
        return server.issue(time).rate();
    }

    /** Tokens per second while {@value #AT_ONCE} redemptions come at once, every second. */
    double tokensMeanwhile(Duration time) throws Exception {
        ExecutorService players = Executors.newSingleThreadExecutor();
        try {
            long end = System.nanoTime() + time.toNanos();
            Callable<List<Double>> redeeming = () -> redeemUntil(end);
            Future<List<Double>> redeemed = players.submit(redeeming);
            double rate = tokens(time);
            redeemed.get();
            return rate;
        } finally {
            players.shutdownNow();
        }
    }

    private List<Double> redeemUntil(long end) throws IOException, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        while (System.nanoTime() < end) {
            double took = redeemAtOnce();
            seconds.add(took);
            Thread.sleep((long) (Math.max(0, 1 - took) * 1_000));
        }
        return seconds;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
        cloud.close();
    }
}
