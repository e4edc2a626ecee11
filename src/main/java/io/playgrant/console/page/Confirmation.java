package io.playgrant.console.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page that asks before a change that cannot be undone. */
final class Confirmation {

    private final Map<String, Object> model = new HashMap<>();

    /**
     * A question.
     *
     * @param heading the change
     * @param sentences its consequences
     * @param action the path to which the form is sent
     * @param button the text of its button
     */
    Confirmation(String heading, List<String> sentences, String action, String button) {
        model.put("heading", heading);
        model.put("sentences", sentences);
        model.put("action", action);
        model.put("button", button);
        model.put("kind", "danger");
        model.put("typed", false);
        model.put("hidden", List.of());
    }

    /** A change that loses nothing has a button in the accent colour. */
    Confirmation harmless() {
        model.put("kind", "primary");
        return this;
    }

    /**
     * Asks to type something first.
     *
     * @param label the request
     * @param error the error of the last answer; empty if there is none
     */
    Confirmation typing(String label, String error) {
        model.put("typed", Map.of("label", label, "error", error));
        return this;
    }

    /** With a hidden field. */
    Confirmation with(String name, String value) {
        model.put("hidden", List.of(Map.of("name", name, "value", value)));
        return this;
    }

    /** The model of the template, with the page to which the other button leads. */
    Map<String, Object> orBackTo(String path) {
        model.put("cancel", path);
        return model;
    }
}
