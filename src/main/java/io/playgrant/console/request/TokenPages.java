package io.playgrant.console.request;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.console.http.Answer;
import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.http.ConsoleException;
import io.playgrant.console.http.ConsolePart;
import io.playgrant.console.http.ConsoleRoutes;
import io.playgrant.console.page.Flash;
import io.playgrant.console.page.MenuItem;
import io.playgrant.console.page.PageHead;
import io.playgrant.console.page.Templates;
import io.playgrant.operator.Role;
import io.playgrant.record.RecordCursor;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.TokenRecord;
import io.playgrant.revocation.Revocations;
import io.playgrant.revocation.Scope;
import io.playgrant.view.story.Advice;
import io.playgrant.view.story.StorySubject;
import io.playgrant.view.story.StoryTeller;
import io.playgrant.view.story.TokenStory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page of a record, and that of a token of which only the id is known. Both end in the story of the token. */
final class TokenPages implements ConsolePart {

    /** Revokes a token, by its id. */
    private static final String REVOKE = "/console/requests/revoke";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final Templates templates;
    private final Application application;
    private final StoryTeller teller;

    /** Pages of these tokens. */
    TokenPages(Templates templates, Application application, StoryTeller teller) {
        this.templates = templates;
        this.application = application;
        this.teller = teller;
    }

    @Override
    public void addTo(ConsoleRoutes routes) {
        routes.page("GET", RecordRow.RECORD, Role.VIEWER, this::showRecord)
                .page("GET", RecordRow.TOKEN, Role.VIEWER, this::showToken)
                .page("POST", REVOKE, Role.SUPPORT, this::revoke);
    }

    private Answer showRecord(ConsoleCall call) {
        TokenRecord record = find(call);
        Instant now = application.clock().instant();
        Map<String, Object> model = new HashMap<>(RecordRow.of(record, now));
        Optional<Advice> advice = Advice.of(record);
        model.put("advice", advice.<Object>map(StoryModel::advice).orElse(false));
        model.put("reason", reason(record));
        model.put("facts", facts(record));
        Optional<StorySubject> subject = StorySubject.of(record);
        model.put(
                "story",
                subject.<Object>map(one -> story(call, one, advice, now)).orElse(false));
        PageHead head = PageHead.of(call, "Request " + record.requestId(), MenuItem.REQUESTS);
        return Answer.html(templates.page("request", head, model));
    }

    /** The story, without a verdict that only repeats the advice about the record. */
    private Map<String, Object> story(ConsoleCall call, StorySubject subject, Optional<Advice> said, Instant now) {
        TokenStory story = teller.tell(subject, Optional.empty());
        Map<String, Object> model = StoryModel.of(call, subject, story, now);
        if (said.isPresent() && story.verdict().advice().equals(said)) {
            model.put("verdict", false);
        }
        return model;
    }

    /** The record with the account, environment, time and request id of the URL. */
    private TokenRecord find(ConsoleCall call) {
        Instant time = required(call, "time", RecordQuery::time);
        RecordQuery query = new RecordQuery(
                required(call, "account", TokenPages::number),
                required(call, "environment", RequestCriteria::environment),
                RecordQuery.Filter.NONE.withRequestId(call.query("request").orElse("")),
                time,
                time.plus(1, ChronoUnit.MICROS),
                null,
                1);
        return application.records().find(query).records().stream()
                .findFirst()
                .orElseThrow(() -> new ConsoleException(
                        NOT_FOUND,
                        "No such request",
                        "There is no record of this request. Old records are deleted in time."));
    }

    private static String reason(TokenRecord record) {
        RedemptionRecord redemption = record.redemption();
        return redemption == null || redemption.reason() == null ? "" : redemption.reason();
    }

    /** What is known about the licence service and the device. */
    private static List<Map<String, Object>> facts(TokenRecord record) {
        List<Map<String, Object>> facts = new ArrayList<>();
        RedemptionRecord redemption = record.redemption();
        if (redemption != null) {
            add(facts, "Licence service", redemption.service());
            add(facts, "Its status", redemption.status());
            RedemptionRecord.Device device = redemption.device();
            if (device != null) {
                add(facts, "Make", device.make());
                add(facts, "Model", device.model());
                add(facts, "Security level of the device", device.securityLevel());
                add(facts, "System id", device.systemId());
                add(facts, "Platform", device.platformVerification());
                add(facts, "Hash of its serial number", device.serialHash());
            }
        }
        return facts;
    }

    private static void add(List<Map<String, Object>> facts, String name, @Nullable Object value) {
        if (value != null) {
            facts.add(Map.of("name", name, "value", value));
        }
    }

    private Answer showToken(ConsoleCall call) {
        Instant issued = required(call, "issued", RecordQuery::time);
        StorySubject subject = new StorySubject(
                required(call, "token", TokenPages::tokenId),
                required(call, "account", TokenPages::number),
                required(call, "environment", RequestCriteria::environment),
                List.of(),
                issued,
                call.query("from").flatMap(RecordQuery::time).orElse(issued),
                Optional.empty());
        @Nullable
        RecordCursor before = call.query("before").flatMap(RecordCursor::parse).orElse(null);
        Instant now = application.clock().instant();
        boolean wasChecked = call.query(StoryModel.CHECKED).isPresent();
        TokenStory story =
                before == null ? teller.tell(subject, Optional.empty()) : teller.tellOlder(subject, wasChecked, before);
        if (call.isHtmx()) {
            Map<String, Object> steps = StoryModel.steps(subject, wasChecked, story, now);
            boolean isSettled =
                    call.query(StoryModel.OPEN).isPresent() && !story.verdict().isOpen();
            steps.put("settled", isSettled ? Map.of("verdict", StoryModel.verdict(story.verdict())) : false);
            return Answer.html(templates.fragment("story-steps", steps));
        }
        Map<String, Object> model = new HashMap<>();
        model.put("story", StoryModel.of(call, subject, story, now));
        model.put("tokenId", subject.tokenId());
        model.put("holder", subject.account());
        model.put("test", subject.environment() == Environment.TEST);
        PageHead head = PageHead.of(call, "Token " + subject.tokenId(), MenuItem.REQUESTS);
        return Answer.html(templates.page("token", head, model));
    }

    private Answer revoke(ConsoleCall call) {
        String id = field(call, "token", TokenPages::tokenId);
        Scope scope = Scope.ofTokenId(
                id,
                field(call, "account", TokenPages::number),
                field(call, "environment", RequestCriteria::environment));
        String reason = call.form().get("reason").map(String::strip).orElse("");
        if (reason.length() > Revocations.LONGEST_REASON || reason.codePoints().anyMatch(Character::isISOControl)) {
            throw new ConsoleException(
                    BAD_REQUEST,
                    "The reason is not valid",
                    "A reason has at most " + Revocations.LONGEST_REASON + " characters, and no control character.");
        }
        application.changesBy(call.who()).revocations().revoke(scope, reason);
        String back = call.form()
                .get("back")
                .filter(path -> path.startsWith(RecordRow.TOKEN + "?"))
                .orElse("");
        return Answer.redirect(Flash.REVOKED.on(
                back.isEmpty() ? new Url(RequestPages.PATH).with("id", id).toString() : back));
    }

    private static <T> T field(ConsoleCall call, String name, Function<String, Optional<T>> reading) {
        return call.form()
                .get(name)
                .flatMap(reading)
                .orElseThrow(() ->
                        new ConsoleException(BAD_REQUEST, "Bad Request", "The form has no valid field " + name + "."));
    }

    private static <T> T required(ConsoleCall call, String name, Function<String, Optional<T>> reading) {
        return call.query(name)
                .flatMap(reading)
                .orElseThrow(() -> new ConsoleException(
                        NOT_FOUND, "Not Found", "The address of the page has no valid parameter " + name + "."));
    }

    private static Optional<String> tokenId(String text) {
        return ID.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
