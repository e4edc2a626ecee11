package io.playgrant.cli.token;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.CommandException;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.KeyIdConverter;
import io.playgrant.cli.terminal.NamedInput;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.TokenException;
import io.playgrant.revocation.Revocations;
import io.playgrant.revocation.Revocations.Made;
import io.playgrant.revocation.Scope;
import io.playgrant.token.Claims;
import io.playgrant.token.TimeParameter;
import io.playgrant.token.TokenOpener;
import io.playgrant.view.RevocationView;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code playgrant token revoke}. */
@Command(
        name = "revoke",
        description = "Revoke one token, several tokens, all tokens with a key, or all tokens of an account.",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "playgrant token revoke TOKEN [--reason=TEXT] [--json]",
            "       playgrant token revoke --kid=KID [--account=ACCOUNT]",
            "           [--environment=ENVIRONMENT] [--before=TIME] [--reason=TEXT] [--json]",
            "       playgrant token revoke --account=ACCOUNT",
            "           [--environment=ENVIRONMENT] [--before=TIME] [--reason=TEXT] [--json]"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the tokens are revoked",
            "1:a token could not be revoked; with -, the others are revoked",
            "2:the command line is invalid"
        },
        footer = {
            "",
            "A revocation is kept until the last of its tokens has expired, at most 30 days after its issue.",
            "It does not cover tokens that are issued later. To undo it, use token revocation delete."
        })
final class TokenRevokeCommand extends PrintingCommand {

    private static final Pattern ID = Pattern.compile("[0-9A-Fa-f]{32}");

    @Parameters(
            paramLabel = "TOKEN",
            arity = "0..1",
            description =
                    "The token, its licence URL, or its id; - reads any number from standard input, one on each line.")
    private @Nullable String token;

    @Option(
            names = "--kid",
            paramLabel = "KID",
            converter = KeyIdConverter.class,
            description = "Revoke all tokens that contain this key: 32 hexadecimal digits, or ^NAME.")
    private @Nullable KeyId kid;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description =
                    "Revoke all tokens of this account, which may have been deleted (default with --kid: all accounts).")
    private @Nullable Long account;

    @Option(
            names = "--environment",
            paramLabel = "ENVIRONMENT",
            description = "Revoke only tokens of production or test (default: both).")
    private @Nullable Environment environment;

    @Option(
            names = "--before",
            paramLabel = "TIME",
            description = "Revoke only tokens issued before this time, such as 2026-12-31T23:59:59Z (default: now).")
    private @Nullable String before;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "The reason, for later readers.")
    private String reason = "";

    @Option(names = "--json", description = "Print one line of JSON for each revocation.")
    private boolean json;

    private boolean warned;

    @Override
    public Integer call() {
        checkUsage();
        try (Application application = InstallationHome.openExistingApplication()) {
            if (token != null && NamedInput.isStandard(token)) {
                TokenLines lines = new TokenLines(System.in, this::complain);
                return lines.forEach((line, text) -> revokeLine(application, line, text)) ? 0 : 1;
            }
            Made made = token == null ? revokeMany(application) : revokeOne(application, TokenArgument.of(token));
            print(
                    json ? Json.line(RevocationView.json(made)) + "\n" : text(made),
                    "revocation " + made.revocation().id() + " is in force");
        }
        return 0;
    }

    private boolean revokeLine(Application application, long line, String text) {
        Made made = revokeOne(application, text);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("line", line);
        members.putAll(RevocationView.json(made));
        print(
                json ? Json.line(members) + "\n" : "line " + line + ": " + text(made),
                "the tokens up to line " + line + " are revoked; run the same command again to revoke the rest");
        return true;
    }

    private void checkUsage() {
        boolean namesMany = kid != null || account != null;
        if (token == null && !namesMany) {
            throw invalidUsage("Give a token, --kid or --account.");
        }
        if (token != null && (namesMany || environment != null || before != null)) {
            throw invalidUsage("With a token, only --reason and --json are allowed.");
        }
        if (reason.length() > Revocations.LONGEST_REASON || reason.codePoints().anyMatch(Character::isISOControl)) {
            throw invalidUsage("--reason must have at most " + Revocations.LONGEST_REASON
                    + " characters, and no control character");
        }
    }

    private Made revokeOne(Application application, String text) {
        if (ID.matcher(text).matches()) {
            Scope scope = Scope.ofTokenId(text.toLowerCase(Locale.ROOT));
            warnThatIdIsUnchecked();
            return application.revocations().revoke(scope, reason);
        }
        Claims claims = open(application, text);
        if (!application.clock().instant().isBefore(claims.expiresAt())) {
            throw new CommandException("The token need not be revoked: it expired at " + claims.expiresAt());
        }
        return application.revocations().revoke(claims, reason);
    }

    /** Warns once, however many ids are revoked. */
    private void warnThatIdIsUnchecked() {
        if (!warned) {
            commandLine()
                    .getErr()
                    .println("The id is revoked without a check whether a token with this id was ever issued.");
            warned = true;
        }
    }

    private static Claims open(Application application, String text) {
        try {
            return new TokenOpener(application.keyRing()).open(text);
        } catch (TokenException e) {
            throw new CommandException(
                    "This is neither a token of this installation nor the id of one, 32 hexadecimal digits: "
                            + e.reason());
        }
    }

    private Made revokeMany(Application application) {
        if (account != null && !application.accounts().wasMade(account)) {
            throw new CommandException("There is no account " + account + ", and there never was one with this number");
        }
        Instant issuedBefore = issuedBefore(application.clock().instant());
        Scope scope = new Scope(null, kid, account, environment, issuedBefore);
        return application.revocations().revoke(scope, reason);
    }

    private Instant issuedBefore(Instant now) {
        if (before == null) {
            // A token contains the time of its issue only to the second.
            return now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        }
        Instant time = parse(before, now);
        if (time.isAfter(now.plus(Scope.CLOCKS_DIFFER))) {
            throw invalidUsage("--before must not be more than an hour in the future");
        }
        if (!time.plus(Scope.LONGEST_LIFE).isAfter(now)) {
            throw invalidUsage("Every token issued before " + time + " has expired");
        }
        return time;
    }

    private Instant parse(String text, Instant now) {
        try {
            return TimeParameter.parse(text, now);
        } catch (DateTimeException e) {
            throw invalidUsage("--before must be an RFC 3339 time with Z, such as 2026-12-31T23:59:59Z");
        }
    }

    private ParameterException invalidUsage(String problem) {
        return new ParameterException(commandLine(), problem);
    }

    private static String text(Made made) {
        return "%s (revocation %d, kept until %s).%n"
                .formatted(
                        made.isNew() ? "Revoked" : "The token was revoked already",
                        made.revocation().id(),
                        made.revocation().expiresAt());
    }
}
