package io.playgrant.console.request;

import io.playgrant.console.http.ConsoleCall;
import io.playgrant.console.page.PageText;
import io.playgrant.operator.Role;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.TokenRecord;
import io.playgrant.view.story.Advice;
import io.playgrant.view.story.StoryEvent;
import io.playgrant.view.story.StorySubject;
import io.playgrant.view.story.TokenStory;
import io.playgrant.view.story.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The story of a token as templates read it. */
final class StoryModel {

    /** The parameter of older steps that says that the verdict is open. */
    static final String OPEN = "open";

    /** The parameter of older steps that says that a redemption was tried. */
    static final String CHECKED = "checked";

    private StoryModel() {}

    /** The model of a story. */
    static Map<String, Object> of(ConsoleCall call, StorySubject subject, TokenStory story, Instant now) {
        Map<String, Object> model =
                new HashMap<>(steps(subject, subject.claims().isPresent(), story, now));
        model.put("verdict", verdict(story.verdict()));
        model.put("storyOf", subject.tokenId());
        model.put("holderOf", subject.account());
        model.put("environmentOf", subject.environment().label());
        model.put("mayRevoke", call.mayDo(Role.SUPPORT) && !isOver(story));
        model.put("back", RecordRow.tokenUrl(subject, null).toString());
        return model;
    }

    /** Whether nothing is left to revoke. */
    private static boolean isOver(TokenStory story) {
        return story.events().stream()
                .anyMatch(event -> event.kind() == StoryEvent.Kind.REVOKED || event.kind() == StoryEvent.Kind.EXPIRED);
    }

    /**
     * The model of the steps alone.
     *
     * @param wasChecked whether a redemption was tried
     */
    static Map<String, Object> steps(StorySubject subject, boolean wasChecked, TokenStory story, Instant now) {
        Map<String, Object> model = new HashMap<>();
        Instant reached = story.page().searchedTo();
        model.put("settled", false);
        model.put(
                "steps", story.events().stream().map(event -> step(event, now)).toList());
        model.put(
                "older",
                story.page().next() == null
                        ? ""
                        : RecordRow.tokenUrl(subject, story.page().next())
                                .with(OPEN, story.verdict().isOpen() ? "yes" : "")
                                .with(CHECKED, wasChecked ? "yes" : "")
                                .toString());
        model.put("reached", reached == null ? false : PageText.time(reached, now));
        return model;
    }

    /** The model of a verdict. */
    static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> model = new HashMap<>();
        model.put("plays", verdict.plays());
        model.put("text", verdict.text());
        model.put("advice", verdict.advice().<Object>map(StoryModel::advice).orElse(false));
        return model;
    }

    /** The model of advice. */
    static Map<String, Object> advice(Advice advice) {
        return Map.of(
                "why", advice.why(),
                "action", advice.action(),
                "actor", advice.actor().label());
    }

    private static Map<String, Object> step(StoryEvent event, Instant now) {
        Map<String, Object> step = new HashMap<>();
        step.put("at", PageText.time(event.time(), now));
        step.put("event", event.kind().label());
        step.put("kind", kind(event.kind()));
        step.put("good", kind(event.kind()).equals("good"));
        step.put("bad", kind(event.kind()).equals("bad"));
        step.put("text", event.text());
        step.put("facts", event.record().map(StoryModel::facts).orElse(""));
        step.put(
                "record",
                event.record().<Object>map(record -> RecordRow.of(record, now)).orElse(false));
        return step;
    }

    /** The class of the style sheet. */
    private static String kind(StoryEvent.Kind kind) {
        return switch (kind) {
            case ISSUED, REDEEMED, RENEWED, RELEASED -> "good";
            case REFUSED, REVOKED, EXPIRED -> "bad";
            case EXPIRES -> "plain";
        };
    }

    /** What else a record says, in one line. */
    private static String facts(TokenRecord record) {
        RedemptionRecord redemption = record.redemption();
        return Stream.of(
                        record.code() == TokenRecord.ISSUED ? null : "code " + record.code(),
                        redemption == null ? null : redemption.reason(),
                        part("from ", record.address()),
                        redemption == null ? null : part("licence service ", redemption.status()),
                        redemption == null ? null : device(redemption.device()))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    private static @Nullable String part(String name, @Nullable String value) {
        return value == null ? null : name + value;
    }

    private static @Nullable String device(RedemptionRecord.@Nullable Device device) {
        if (device == null) {
            return null;
        }
        String text = Stream.of(
                        device.make(),
                        device.model(),
                        device.securityLevel() == null ? null : "L" + device.securityLevel())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return text.isEmpty() ? null : text;
    }
}
