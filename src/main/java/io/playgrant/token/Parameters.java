package io.playgrant.token;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of a request, in the order in which they came. Names are case-sensitive; an empty value is an
 * absent one. A name in brackets counts as {@linkplain ParameterNames#canonical the protocol's}.
 */
public final class Parameters {

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private Set<String> malformed = Set.of();

    /** Adds a value, unless it is empty. */
    public Parameters add(String name, String value) {
        if (!value.isEmpty()) {
            String canonical = ParameterNames.canonical(name);
            List<String> earlier = values.get(canonical);
            if (earlier == null) {
                values.put(canonical, List.of(value));
            } else if (earlier.size() == 1) {
                values.put(canonical, new ArrayList<>(List.of(earlier.get(0), value)));
            } else {
                earlier.add(value);
            }
        }
        return this;
    }

    /** Notes a value that could not be decoded. */
    public Parameters addMalformed(String name) {
        if (malformed.isEmpty()) {
            malformed = new LinkedHashSet<>();
        }
        malformed.add(ParameterNames.canonical(name));
        return this;
    }

    /** The parameter of this name, absent if it was not sent. */
    public Parameter get(String name) {
        List<String> found = values.get(name);
        boolean bad = !malformed.isEmpty() && malformed.contains(name);
        if (found == null) {
            return bad ? new Parameter(name, List.of(), true) : Parameter.absent(name);
        }
        // A list of one cannot be changed.
        return new Parameter(name, found.size() == 1 ? found : Collections.unmodifiableList(found), bad);
    }

    /** The names that were sent with a value. */
    public Set<String> names() {
        if (malformed.isEmpty()) {
            return values.keySet();
        }
        Set<String> names = new LinkedHashSet<>(values.keySet());
        names.addAll(malformed);
        return names;
    }

    /** The names only. */
    @Override
    public String toString() {
        return names().toString();
    }
}
