package io.playgrant.bench.console;

import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.bench.measure.Allocation;
import io.playgrant.bench.measure.Slice;
import io.playgrant.bench.measure.Wrk.Load;
import io.playgrant.bench.server.BenchFolder;
import io.playgrant.bench.server.PlaygrantServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server with an operator, on an installation with records. */
final class ConsoleServer implements AutoCloseable {

    private static final int CONNECTIONS = 32;

    private final PlaygrantServer server;
    private final Allocation allocation;
    private final Operator operator;
    private final URI issue;

    private ConsoleServer(PlaygrantServer server, Operator operator, BenchFolder folder) throws IOException {
        this.server = server;
        this.operator = operator;
        this.allocation = Allocation.of(server.process().pid());
        this.issue = URI.create("http://127.0.0.1:" + server.port() + "/hms/wv/token?customerAuthenticator="
                + folder.authenticator() + "&kid=%5Efilm&contentKey=" + BenchFolder.CONTENT_KEY
                + "&securityLevel=1&hdcpOutputControl=0");
    }

    /** Creates accounts. Returns their numbers. */
    static List<Long> createAccounts(Application application, int count) {
        List<Long> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            accounts.add(application
                    .accounts()
                    .create("Films " + i, Profile.STRICT, List.of())
                    .account()
                    .number());
        }
        return accounts;
    }

    /** Starts a server. */
    static ConsoleServer start(BenchFolder folder) throws IOException, InterruptedException {
        Operator operator = Operator.create(folder.data());
        PlaygrantServer server = PlaygrantServer.start(folder.data(), Map.of());
        try {
            return new ConsoleServer(server, operator, folder);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    Browser newBrowser() throws IOException, InterruptedException {
        return Browser.signIn(server.managementPort(), operator);
    }

    /** Has tokens issued for a while. */
    Slice issue(Duration time) throws IOException, InterruptedException {
        return Slice.measure(new Load(issue, CONNECTIONS, null), time, server.figures(), allocation, false);
    }

    /** The same while browsers have the overview open. They open it one after the other. */
    Slice issueWhileOpen(List<Browser> browsers, Duration time) throws IOException, InterruptedException {
        List<Thread> open = new ArrayList<>();
        for (int i = 0; i < browsers.size(); i++) {
            Browser browser = browsers.get(i);
            long after = Browser.REFRESH.toMillis() * i / browsers.size();
            Thread thread = new Thread(() -> openAfter(browser, after), "browser-" + i);
            thread.start();
            open.add(thread);
        }
        try {
            return issue(time);
        } finally {
            for (Thread thread : open) {
                thread.interrupt();
                thread.join();
            }
        }
    }

    private static void openAfter(Browser browser, long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            return;
        }
        browser.keepOverviewOpen();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        allocation.close();
        server.close();
    }
}
