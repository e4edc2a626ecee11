package io.playgrant.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * How many exchanges went through each step of the routes, by route and step, over all tests of this process. Camel's own dump of coverage
 * counts the steps of a route configuration for one of its routes only, and which one depends on the order of the files on the disk.
 */
final class StepCounts implements InterceptStrategy, CamelConfiguration {

    private static final Path FOLDER = Path.of("target", "route-coverage");
    private static final Map<String, LongAdder> COUNTS = new ConcurrentHashMap<>();

    @Override
    public void configure(CamelContext context) {
        context.getCamelContextExtension().addInterceptStrategy(this);
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        String name = CamelContextHelper.getRouteId(step) + " " + step.getId();
        return new Counted(target, COUNTS.computeIfAbsent(name, key -> new LongAdder()));
    }

    /** Keeps what this process has counted so far. */
    static void write() throws IOException {
        Files.createDirectories(FOLDER);
        List<String> lines = COUNTS.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .sorted()
                .toList();
        Files.write(FOLDER.resolve(ProcessHandle.current().pid() + ".txt"), lines);
    }

    /** What all processes have counted since the build began. */
    static Map<String, Long> read() throws IOException {
        Map<String, Long> counts = new HashMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (String line : files.flatMap(StepCounts::lines).toList()) {
                String[] count = line.split(" ", 2);
                counts.merge(count[1], Long.valueOf(count[0]), Long::sum);
            }
        }
        return counts;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A step and the number of exchanges that came to it. */
    private static final class Counted extends DelegateAsyncProcessor {

        private final LongAdder count;

        Counted(Processor step, LongAdder count) {
            super(step);
            this.count = count;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            count.increment();
            return super.process(exchange, callback);
        }
    }
}
