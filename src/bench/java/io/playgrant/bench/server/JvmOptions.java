package io.playgrant.bench.server;

import java.util.List;

/** Options of the Java virtual machine on a command line. */
final class JvmOptions {

    /** Archives of classes fit one class path only. */
    private static final List<String> OF_ONE_PROGRAM =
            List.of("-XX:AOT", "-XX:SharedArchive", "-XX:ArchiveClasses", "-XX:+AutoCreateSharedArchive", "-Xshare", "-Xlog");

    private JvmOptions() {}

    /** Those that another program can be given too, so that both run alike: heap, collector, compiler. */
    static List<String> comparable(List<String> command) {
        return command.stream()
                .takeWhile(argument -> !argument.equals("-jar"))
                .filter(argument -> argument.startsWith("-X"))
                .filter(argument -> OF_ONE_PROGRAM.stream().noneMatch(argument::startsWith))
                .toList();
    }
}
