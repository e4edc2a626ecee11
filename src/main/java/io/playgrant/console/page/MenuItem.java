package io.playgrant.console.page;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The items of the menu, in the order in which it shows them. {@code menu.html} has their texts and icons. */
public enum MenuItem {
    OVERVIEW,
    REQUESTS,
    EXPLAIN,
    ACCOUNTS,
    KEYS,
    RINGS,
    AUDIT,
    SETTINGS,
    OPERATORS,
    /** None is marked. */
    NONE;

    /** Which item is marked, as the template asks. */
    Map<String, Boolean> marked() {
        Map<String, Boolean> marked = new TreeMap<>();
        for (MenuItem item : values()) {
            marked.put(item.name().toLowerCase(Locale.ROOT), item == this);
        }
        return marked;
    }
}
