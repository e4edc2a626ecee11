package io.playgrant.console.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page that shows new secrets, once. It is the answer to the form that made them, so reloading does not show them again. */
final class Secrets {

    private final Map<String, Object> model = new HashMap<>();
    private final List<Map<String, Object>> secrets = new ArrayList<>();

    Secrets(String heading, String warning) {
        model.put("heading", heading);
        model.put("warning", warning);
        model.put("secrets", secrets);
    }

    /** Adds a secret. */
    Secrets add(String label, String value, String hint) {
        secrets.add(Map.of("number", secrets.size() + 1, "label", label, "value", value, "hint", hint));
        return this;
    }

    /** The model of the template, with the page to go to afterwards. */
    Map<String, Object> thenGoTo(String path, String label) {
        model.put("next", path);
        model.put("nextLabel", label);
        return model;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Secrets";
    }
}
