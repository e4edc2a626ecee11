package io.playgrant.cli.operate;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.ClientText;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.Json;
import io.playgrant.cli.terminal.KeyIdConverter;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.cli.terminal.TimeConverter;
import io.playgrant.contentkey.KeyId;
import io.playgrant.record.RecordObject;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.Records;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.TokenRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code playgrant record list}. */
@Command(
        name = "list",
        description = "List the records of answers to requests for tokens and for licences, newest first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without --from, the options --cookie, --token, --kid, --code, --request, --content and --address search only the last 24 hours,",
            "or the 24 hours before --to."
        })
final class RecordListCommand extends PrintingCommand {

    private static final String ROW = "%-27s %-10s %-11s %-7s %-5s %-6s %-16s %-32s %-15s %s";
    private static final int MOST = 100_000;

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Show only records of this account.")
    private @Nullable Long account;

    @Option(
            names = "--environment",
            paramLabel = "production|test",
            description = "Show only records of this environment.")
    private @Nullable Environment environment;

    @Option(names = "--cookie", paramLabel = "TEXT", description = "Show only records with this cookie.")
    private @Nullable String cookie;

    @Option(
            names = "--token",
            paramLabel = "ID",
            description =
                    "Show only the records of this token, its issue and its redemptions: its id, 32 hexadecimal digits.")
    private @Nullable String tokenId;

    @Option(
            names = "--kid",
            paramLabel = "KID",
            converter = KeyIdConverter.class,
            description = "Show only records with this key id: 32 hexadecimal digits, or ^NAME.")
    private @Nullable KeyId kid;

    @Option(
            names = "--code",
            paramLabel = "N",
            description = "Show only records with this outcome: 0 for a token or a licence, or the code of an error.")
    private @Nullable Integer code;

    @Option(
            names = "--request",
            paramLabel = "ID",
            description = "Show only records with this request id, which the answer has as X-Request-Id.")
    private @Nullable String requestId;

    @Option(names = "--content", paramLabel = "ID", description = "Show only records with this contentId.")
    private @Nullable String contentId;

    @Option(names = "--address", paramLabel = "IP", description = "Show only records of this address of the caller.")
    private @Nullable String address;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Show only records of this time or later, such as 2026-11-23T12:00:00Z.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Show only records before this time.")
    private @Nullable Instant to;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "The largest number of records to show (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print one line of JSON: an array.")
    private boolean json;

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(commandLine(), "--limit must be 1 to " + MOST);
        }
        if (tokenId != null && !tokenId.matches("[0-9a-fA-F]{32}")) {
            throw new ParameterException(commandLine(), "--token must be the id of a token, 32 hexadecimal digits");
        }
        try (Application application = InstallationHome.openExistingApplication()) {
            List<TokenRecord> found =
                    find(application.records(), application.clock().instant());
            print(json ? Json.line(found.stream().map(RecordObject::of).toList()) + "\n" : table(found));
        }
        return 0;
    }

    private List<TokenRecord> find(Records records, Instant now) {
        RecordQuery.Filter filter = new RecordQuery.Filter(
                        cookie, tokenId == null ? null : tokenId.toLowerCase(Locale.ROOT), kid, code)
                .withRequestId(requestId)
                .withContentId(contentId)
                .withAddress(address);
        RecordQuery query = new RecordQuery(account, environment, filter, from, to, null, limit).bounded(now);
        return records.find(query).records();
    }

    private static String table(List<TokenRecord> records) {
        return Stream.concat(
                        Stream.of(ROW.formatted(
                                "TIME",
                                "ACCOUNT",
                                "ENVIRONMENT",
                                "FOR",
                                "CODE",
                                "SOURCE",
                                "REQUEST",
                                "TOKEN",
                                "ADDRESS",
                                "KIDS, COOKIE, CONTENT, REDEMPTION")),
                        records.stream().map(RecordListCommand::row))
                .map(row -> row.stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private static String row(TokenRecord record) {
        return ROW.formatted(
                record.time(),
                record.account(),
                record.environment().label(),
                record.redemption() == null
                        ? "token"
                        : record.redemption().kind().label(),
                record.code(),
                record.source().label(),
                ClientText.unambiguous(record.requestId()),
                record.tokenId() == null ? "-" : record.tokenId(),
                record.address() == null ? "-" : record.address(),
                details(record));
    }

    private static String details(TokenRecord record) {
        String kids = record.kids().stream().map(KeyId::toString).collect(Collectors.joining(","));
        Stream<String> details =
                Stream.of(kids, named("cookie", record.cookie()), named("contentId", record.contentId()));
        return Stream.concat(details, record.redemption() == null ? Stream.of() : details(record.redemption()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static Stream<String> details(RedemptionRecord redemption) {
        Stream<String> answer = Stream.of(
                named("reason", redemption.reason()),
                named("service", redemption.service()),
                named("status", redemption.status()));
        return redemption.device() == null ? answer : Stream.concat(answer, details(redemption.device()));
    }

    private static Stream<String> details(RedemptionRecord.Device device) {
        return Stream.of(
                named("make", device.make()),
                named("model", device.model()),
                named("deviceSecurityLevel", device.securityLevel()),
                named("systemId", device.systemId()),
                named("platformVerification", device.platformVerification()),
                named("serialHash", device.serialHash()));
    }

    private static String named(String name, @Nullable Object value) {
        return value == null ? "" : name + "=" + ClientText.unambiguous(value.toString());
    }
}
