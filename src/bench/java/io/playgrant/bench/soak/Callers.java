package io.playgrant.bench.soak;

import io.playgrant.bench.server.BenchFolder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** The authenticators that requests may have at the moment, valid or not any more; and the requests. Safe for many threads. */
final class Callers {

    private static final int MOST = 200;
    private static final String RULES = "&securityLevel=1&hdcpOutputControl=0&errorFormat=json";
    private static final List<String> REQUESTS = List.of(
            "kid=%5Efilm&contentKey=" + BenchFolder.CONTENT_KEY + RULES,
            "kid=%5Efilm&kek=" + BenchFolder.KEK + "&ek=" + BenchFolder.EK + RULES,
            "kid=%5E" + BenchFolder.STORED + "&kek=" + BenchFolder.KEK + RULES,
            "kid.0=%5Ea&kid.1=%5Eb&contentKey=" + BenchFolder.CONTENT_KEY + RULES,
            "kid=%5Efilm&securityLevel=9&hdcpOutputControl=0&errorFormat=json",
            "kid=1234&errorFormat=json");

    private final List<String> authenticators = new CopyOnWriteArrayList<>();

    /** Lets requests have an authenticator, too. */
    void add(String authenticator) {
        if (authenticators.size() < MOST) {
            authenticators.add(authenticator);
        } else {
            authenticators.set(ThreadLocalRandom.current().nextInt(1, MOST), authenticator);
        }
    }

    /** Any of the authenticators; a secret. */
    String any() {
        // The first one, which nobody changes, as often as all others together: most requests are to succeed.
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return authenticators.get(random.nextBoolean() ? 0 : random.nextInt(authenticators.size()));
    }

    /** The first authenticator, which nobody changes; a secret. */
    String first() {
        return authenticators.get(0);
    }

    /** The parameters of any request, encoded. */
    String anyForm() {
        return "customerAuthenticator=" + any() + "&"
                + REQUESTS.get(ThreadLocalRandom.current().nextInt(REQUESTS.size()));
    }
}
