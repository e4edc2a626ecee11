package io.playgrant.cli.batch;

import io.playgrant.app.Application;
import io.playgrant.batch.BatchException;
import io.playgrant.batch.ChunkPipeline;
import io.playgrant.batch.ProgressDeadline;
import io.playgrant.batch.ResultFile;
import io.playgrant.batch.ResultFormat;
import io.playgrant.batch.ResultSink;
import io.playgrant.batch.Resumption;
import io.playgrant.batch.RetryingTokenSource;
import io.playgrant.batch.Summary;
import io.playgrant.batch.TokenSource;
import io.playgrant.cli.terminal.BatchProgress;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.FileFormat;
import io.playgrant.cli.terminal.FileFormatConverter;
import io.playgrant.cli.terminal.InputFile;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.NamedInput;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.cli.terminal.StandardOutput;
import io.playgrant.cli.terminal.Termination;
import io.playgrant.client.Authorities;
import io.playgrant.client.ServerTokens;
import io.playgrant.route.Issuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code playgrant batch}. */
@Command(
        name = "batch",
        description = "Issue a token for each request of a file.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every request got its token",
            "1:some did not, or the run could not begin or come to its end",
            "2:the command line is invalid"
        },
        footer = {
            "",
            "FILE is CSV, whose header names the parameters of GET /hms/wv/token and perhaps id, or JSON, lines or one array:",
            "  {\"id\":\"1\",\"parameters\":{\"kid\":\"^film\",\"contentKey\":\"...\",\"securityLevel\":1,...}}",
            "Results are lines with the id and the licence URL, or the code and message of the error.",
            "A run that was killed may have taken credits for tokens that it did not write any more."
        })
public final class BatchCommand extends PrintingCommand {

    private static final int MOST_THREADS = 64;
    /** How long nobody may issue a token, and a server may say nothing. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    /** What is under way when the process is told to end may take so long. */
    private static final Duration TO_END = Duration.ofSeconds(30);

    @Parameters(paramLabel = "FILE", description = "The requests; - is standard input.")
    private String file = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = NamedInput.STANDARD,
            description = "Where results go, a file that is not there yet; - is standard output (default).")
    private String out = NamedInput.STANDARD;

    @Option(
            names = "--format",
            paramLabel = "csv|json",
            converter = FileFormatConverter.class,
            description = "What FILE is, if its name ends in none of .csv, .json, .jsonl and .ndjson.")
    private @Nullable FileFormat format;

    @Mixin
    private BatchDefaults defaults = new BatchDefaults();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many requests are worked on at the same time: 1 to 64 (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--server",
            paramLabel = "URL",
            converter = ServerUrl.Converter.class,
            description = "Ask a running server instead of the data folder: http(s)://HOST:PORT.")
    private @Nullable ServerUrl server;

    @Option(
            names = "--authorities",
            paramLabel = "FILE",
            description = "PEM file with the certificates that vouch for a server of https (default: those of Java).")
    private @Nullable Path authorities;

    @Option(names = "--resume", description = "Go on where an earlier run with the same FILE and --out was stopped.")
    private boolean resume;

    @Option(names = "--quiet", description = "Draw no progress bar.")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        checkUsage();
        Map<String, List<String>> parameters = defaults.parameters();
        Termination termination = Termination.expect(TO_END);
        try (BatchInput input = BatchInput.open(file, Optional.ofNullable(format), parameters, this::say)) {
            ProgressDeadline patience = new ProgressDeadline(PATIENCE);
            return server == null
                    ? inProcess(input, patience, termination.requested())
                    : run(input, tokensOf(server, parameters, patience), patience, termination.requested());
        } finally {
            termination.release();
        }
    }

    private void checkUsage() {
        if (threads < 1 || threads > MOST_THREADS) {
            throw wrongly("--threads must be a number from 1 to " + MOST_THREADS);
        }
        if (resume && !canGoOn()) {
            throw wrongly("--resume needs files, both for the requests and by --out");
        }
        defaults.problem().ifPresent(problem -> {
            throw wrongly(problem);
        });
        if (defaults.areStandardInput() && NamedInput.isStandard(file)) {
            throw wrongly("--authenticator-file and FILE cannot both be standard input");
        }
        if (server != null && !defaults.haveAuthenticator()) {
            throw wrongly("--server needs --authenticator-file");
        }
        if (authorities != null && (server == null || !server.isSecure())) {
            throw wrongly("--authorities needs --server https://...");
        }
    }

    private ParameterException wrongly(String problem) {
        return new ParameterException(commandLine(), problem);
    }

    private int inProcess(BatchInput input, ProgressDeadline patience, CountDownLatch stop) throws Exception {
        try (Application application = InstallationHome.openExistingApplication();
                Issuer issuer = Issuer.open(application)) {
            return run(input, items -> items.stream().map(issuer::issue).toList(), patience, stop);
        }
    }

    private TokenSource tokensOf(ServerUrl server, Map<String, List<String>> parameters, ProgressDeadline patience) {
        return new ServerTokens(
                server.uri(),
                BatchDefaults.authenticator(parameters).orElseThrow(),
                authorities == null ? Authorities.ofJava() : Authorities.of(authorities),
                PATIENCE,
                patience::renew);
    }

    private int run(BatchInput input, TokenSource tokens, ProgressDeadline patience, CountDownLatch stop)
            throws Exception {
        TokenSource patient = new RetryingTokenSource(tokens, patience, FIRST_PAUSE, stop, this::say);
        ResultFormat results = FileFormat.ofName(out).orElse(input.format()).results();
        if (StandardOutput.isNamed(out)) {
            try (StandardOutput sink = StandardOutput.open(out)) {
                sink.write(results.header());
                return run(input, patient, results, sink, new Summary(), stop);
            }
        }
        Path path = Path.of(out);
        try (ResultFile sink = resume ? ResultFile.openOrCreate(path) : ResultFile.create(path)) {
            Summary summary = resume
                    ? new Resumption(input.requests(), results).skipAnswered(input.reader(), sink)
                    : new Summary();
            if (sink.isEmpty()) {
                sink.write(results.header());
            }
            return run(input, patient, results, sink, summary, stop);
        }
    }

    private int run(
            BatchInput input,
            TokenSource tokens,
            ResultFormat results,
            ResultSink sink,
            Summary summary,
            CountDownLatch stop)
            throws InterruptedException {
        ChunkPipeline pipeline = new ChunkPipeline(input.requests(), tokens, results, threads, stop);
        boolean complete;
        try (BatchProgress progress = progress(input, summary)) {
            complete = pipeline.run(input.reader(), sink, summary, progress);
            sink.sync();
        } catch (BatchException e) {
            sayCounts(input, summary);
            throw new CommandException(e.getMessage() + howToGoOn());
        }
        sayCounts(input, summary);
        if (!complete) {
            throw new CommandException("Stopped before the end" + howToGoOn());
        }
        return summary.isAllWell() ? 0 : 1;
    }

    private String howToGoOn() {
        return canGoOn() ? "; the same command with --resume goes on from there" : "";
    }

    /** Whether there is a file to begin again with, and one that tells how far this is done. */
    private boolean canGoOn() {
        return !NamedInput.isStream(file) && !StandardOutput.isNamed(out);
    }

    private BatchProgress progress(BatchInput input, Summary summary) {
        boolean drawn = !quiet && Boolean.getBoolean("playgrant.terminal");
        return drawn
                ? BatchProgress.on(
                        System.err, "batch", input.size(), input.reader().position(), summary.count())
                : BatchProgress.none();
    }

    private void sayCounts(BatchInput input, Summary summary) {
        InputFile.skipped(input.reader()).ifPresent(this::say);
        say(summary.toString());
    }

    private void say(String text) {
        commandLine().getErr().println("playgrant: " + printable(text));
    }
}
