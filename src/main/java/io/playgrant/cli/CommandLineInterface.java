package io.playgrant.cli;

import io.playgrant.account.AccountException;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.account.Purpose;
import io.playgrant.backup.BackupException;
import io.playgrant.batch.BatchException;
import io.playgrant.cli.account.AccountCommand;
import io.playgrant.cli.account.OnOff;
import io.playgrant.cli.batch.BatchCommand;
import io.playgrant.cli.demo.DemoCommand;
import io.playgrant.cli.dev.DevCommand;
import io.playgrant.cli.key.KeyCommand;
import io.playgrant.cli.operate.AuditCommand;
import io.playgrant.cli.operate.BackupCommand;
import io.playgrant.cli.operate.ConfigCommand;
import io.playgrant.cli.operate.RecordCommand;
import io.playgrant.cli.operate.RestoreCommand;
import io.playgrant.cli.operate.UsageCommand;
import io.playgrant.cli.operator.OperatorCommand;
import io.playgrant.cli.pssh.PsshCommand;
import io.playgrant.cli.ring.RingCommand;
import io.playgrant.cli.serve.ServeCommand;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.DecodedText;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.LowerCaseEnum;
import io.playgrant.cli.terminal.OutputException;
import io.playgrant.cli.terminal.StandardOutput;
import io.playgrant.cli.terminal.Version;
import io.playgrant.cli.terminal.WholeNumber;
import io.playgrant.cli.token.TokenCommand;
import io.playgrant.cli.train.TrainCommand;
import io.playgrant.config.SettingsException;
import io.playgrant.error.TokenException;
import io.playgrant.operator.OperatorException;
import io.playgrant.operator.Role;
import io.playgrant.storage.StorageException;
import io.playgrant.usage.Grouping;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;

/** {@code playgrant}: the parent of all other commands. */
@Command(
        name = "playgrant",
        description = "A self-hosted Widevine licence-token service.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class CommandLineInterface {

    private static final List<Class<?>> COMMANDS = List.of(
            ServeCommand.class,
            DemoCommand.class,
            AccountCommand.class,
            RingCommand.class,
            ConfigCommand.class,
            TokenCommand.class,
            KeyCommand.class,
            PsshCommand.class,
            BatchCommand.class,
            OperatorCommand.class,
            AuditCommand.class,
            RecordCommand.class,
            UsageCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            TrainCommand.class,
            DevCommand.class);

    /** Exceptions whose message is written for users. Any other failure is shown with the name of its class. */
    private static final Set<Class<?>> EXPLAINED = Set.of(
            SettingsException.class,
            StorageException.class,
            AccountException.class,
            OperatorException.class,
            TokenException.class,
            CommandException.class,
            OutputException.class,
            BackupException.class,
            BatchException.class);

    private CommandLineInterface() {}

    /**
     * Runs the command that the arguments name.
     *
     * @return 0 if the command succeeded, 1 if it failed, 2 if the command line is invalid
     */
    public static int run(String... args) {
        // Only the server logs below ERROR. The level must be set before the first logger exists.
        boolean serves = args.length > 0 && args[0].equals("serve");
        if (!serves && System.getProperty("playgrant.log.level") == null) {
            System.setProperty("playgrant.log.level", "ERROR");
        }
        PrintWriter err = utf8(System.err);
        Optional<String> problem = findDecodingProblem(List.of(args));
        if (problem.isPresent()) {
            err.println("playgrant: " + problem.get());
            return CommandLine.ExitCode.USAGE;
        }
        return withCommands(new CommandLine(new CommandLineInterface()), args)
                .setOut(utf8(System.out))
                .setErr(err)
                .registerConverter(Long.class, WholeNumber::read)
                .registerConverter(long.class, WholeNumber::read)
                .registerConverter(Environment.class, new LowerCaseEnum<>(Environment.class))
                .registerConverter(Profile.class, new LowerCaseEnum<>(Profile.class))
                .registerConverter(Purpose.class, new LowerCaseEnum<>(Purpose.class))
                .registerConverter(Role.class, new LowerCaseEnum<>(Role.class))
                .registerConverter(Grouping.class, new LowerCaseEnum<>(Grouping.class))
                .registerConverter(OnOff.class, new LowerCaseEnum<>(OnOff.class))
                // No @FILE arguments: picocli would read the file and quote its contents in errors.
                .setExpandAtFiles(false)
                .setExecutionStrategy(CommandLineInterface::execute)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("playgrant: " + explain(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }

    /** Adds the command that is called; all of them if there is none. Reading the annotations of all takes half a second. */
    private static CommandLine withCommands(CommandLine parent, String... args) {
        List<Class<?>> called = COMMANDS.stream()
                .filter(command -> args.length > 0
                        && command.getAnnotation(Command.class).name().equals(args[0]))
                .toList();
        (called.isEmpty() ? COMMANDS : called).forEach(parent::addSubcommand);
        return parent;
    }

    /** A sentence about the first argument, setting or folder that Java decoded wrongly. Checked before any of them is used. */
    private static Optional<String> findDecodingProblem(List<String> args) {
        DecodedText text = DecodedText.ofThisProcess();
        return text.problemOfArguments(args)
                .or(() -> text.problemOfSettings(System.getenv()))
                .or(() -> text.problemOfFolder("The path of Playgrant's folder", InstallationHome.text()))
                .or(() ->
                        text.problemOfFolder("The path of the working directory", System.getProperty("user.dir", "")));
    }

    /** A writer in UTF-8, whatever the encoding of the locale. */
    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static int execute(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped == null) {
            return new CommandLine.RunLast().execute(parsed);
        }
        for (CommandLine command : parsed.asCommandLineList()) {
            if (StandardOutput.hasFailed(command.getOut())) {
                OutputException failure = new OutputException("");
                throw new ExecutionException(command, String.valueOf(failure.getMessage()), failure);
            }
        }
        return helped;
    }

    private static String explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (EXPLAINED.contains(cause.getClass())) {
                return String.valueOf(cause.getMessage());
            }
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
