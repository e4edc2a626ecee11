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
import io.playgrant.cli.terminal.ServerUrl;
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
            "0:every request received a token",
            "1:some requests were refused, or the run failed or was stopped",
            "2:the command line is invalid"
        },
        footer = {
            "",
            "FILE is CSV or JSON. CSV has a header with the parameters of GET /hms/wv/token and optionally id.",
            "JSON is one object on each line, or one array of objects:",
            "  {\"id\":\"1\",\"parameters\":{\"kid\":\"^film\",\"contentKey\":\"...\",\"securityLevel\":1,...}}",
            "Each line of the results has the id and the licence URL, or the code and message of the error.",
            "If a run is killed, it may have charged credits for tokens that it did not write."
        })
public final class BatchCommand extends PrintingCommand {

    private static final int MOST_THREADS = 64;
    /** How long a run goes without a token, or without a byte from the server, before it fails. */
    private static final Duration PROGRESS_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);

    /** How long requests in progress may take after a signal to terminate. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

    @Parameters(paramLabel = "FILE", description = "The requests; - is standard input.")
    private String file = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = NamedInput.STANDARD,
            description =
                    "The file for the results, which must not exist yet, except with --resume; - is standard output (default).")
    private String out = NamedInput.STANDARD;

    @Option(
            names = "--format",
            paramLabel = "csv|json",
            converter = FileFormatConverter.class,
            description =
                    "The format of FILE. Default: by its extension .csv, .json, .jsonl or .ndjson, otherwise by its content.")
    private @Nullable FileFormat format;

    @Mixin
    private BatchDefaults defaults = new BatchDefaults();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "The number of requests processed at the same time, 1 to 64 (default: the number of processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--server",
            paramLabel = "URL",
            converter = ServerUrl.Converter.class,
            description =
                    "Request the tokens from a running server instead of using the data folder: http(s)://HOST:PORT.")
    private @Nullable ServerUrl server;

    @Option(
            names = "--authorities",
            paramLabel = "FILE",
            description =
                    "A PEM file with the certificate authorities to trust for an https server (default: those that Java trusts).")
    private @Nullable Path authorities;

    @Option(names = "--resume", description = "Continue where an earlier run with the same FILE and --out stopped.")
    private boolean resume;

    @Option(names = "--quiet", description = "Do not show a progress bar.")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        checkUsage();
        Map<String, List<String>> parameters = defaults.parameters();
        Termination termination = Termination.expect(SHUTDOWN_TIMEOUT);
        try (BatchInput input = BatchInput.open(file, Optional.ofNullable(format), parameters, this::say)) {
            ProgressDeadline deadline = new ProgressDeadline(PROGRESS_TIMEOUT);
            return server == null
                    ? inProcess(input, deadline, termination.requested())
                    : run(input, tokensOf(server, parameters, deadline), deadline, termination.requested());
        } finally {
            termination.release();
        }
    }

    private void checkUsage() {
        if (threads < 1 || threads > MOST_THREADS) {
            throw invalidUsage("--threads must be a number from 1 to " + MOST_THREADS);
        }
        if (resume && !canResume()) {
            throw invalidUsage("--resume needs a file for the requests and a file for --out");
        }
        defaults.problem().ifPresent(problem -> {
            throw invalidUsage(problem);
        });
        if (defaults.areStandardInput() && NamedInput.isStandard(file)) {
            throw invalidUsage("--authenticator-file and FILE cannot both be standard input");
        }
        if (server != null && !defaults.haveAuthenticator()) {
            throw invalidUsage("--server needs --authenticator-file");
        }
        if (authorities != null && (server == null || !server.isSecure())) {
            throw invalidUsage("--authorities needs --server https://...");
        }
    }

    private ParameterException invalidUsage(String problem) {
        return new ParameterException(commandLine(), problem);
    }

    private int inProcess(BatchInput input, ProgressDeadline deadline, CountDownLatch stop) throws Exception {
        try (Application application = InstallationHome.openExistingApplication();
                Issuer issuer = Issuer.open(application)) {
            return run(input, items -> items.stream().map(issuer::issue).toList(), deadline, stop);
        }
    }

    private TokenSource tokensOf(ServerUrl server, Map<String, List<String>> parameters, ProgressDeadline deadline) {
        return new ServerTokens(
                server.uri(),
                BatchDefaults.authenticator(parameters).orElseThrow(),
                authorities == null ? Authorities.ofJava() : Authorities.of(authorities),
                PROGRESS_TIMEOUT,
                deadline::renew);
    }

    private int run(BatchInput input, TokenSource tokens, ProgressDeadline deadline, CountDownLatch stop)
            throws Exception {
        TokenSource retrying = new RetryingTokenSource(tokens, deadline, FIRST_BACKOFF, stop, this::say);
        ResultFormat results = FileFormat.ofName(out).orElse(input.format()).results();
        if (StandardOutput.isNamed(out)) {
            try (StandardOutput sink = StandardOutput.open(out)) {
                sink.write(results.header());
                return run(input, retrying, results, sink, new Summary(), stop);
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
            return run(input, retrying, results, sink, summary, stop);
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
            throw new CommandException(e.getMessage() + howToContinue());
        }
        sayCounts(input, summary);
        if (!complete) {
            throw new CommandException("Stopped before the end" + howToContinue());
        }
        return summary.isAllWell() ? 0 : 1;
    }

    private String howToContinue() {
        return canResume() ? "; run the same command with --resume to continue" : "";
    }

    /** Whether the requests can be read again, and the results show which of them are done. */
    private boolean canResume() {
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
