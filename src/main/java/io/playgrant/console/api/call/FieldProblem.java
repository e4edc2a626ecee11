package io.playgrant.console.api.call;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A mistake in a member of the body or in a query parameter.
 *
 * @param name the member or parameter
 * @param detail the expected form, without the value that was sent
 */
record FieldProblem(String name, String detail) {

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("detail", detail);
        return json;
    }
}
