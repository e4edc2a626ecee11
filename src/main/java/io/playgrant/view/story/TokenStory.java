package io.playgrant.view.story;

import io.playgrant.record.RecordPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a token, in the order of time, as far as its records have been searched.
 *
 * @param events the events, oldest first
 * @param verdict whether it plays
 * @param page the records that were searched; its cursor continues with older ones
 */
public record TokenStory(List<StoryEvent> events, Verdict verdict, RecordPage page) {

    /** Lists are copied. */
    public TokenStory {
        events = List.copyOf(events);
    }

    /** The story as a JSON object. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("verdict", verdict.json());
        json.put("events", events.stream().map(StoryEvent::json).toList());
        json.put("next", page.next() == null ? null : page.next().text());
        json.put(
                "searchedTo",
                page.searchedTo() == null ? null : page.searchedTo().toString());
        return json;
    }
}
