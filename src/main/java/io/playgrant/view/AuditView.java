package io.playgrant.view;

import io.playgrant.audit.AuditEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows an entry of the audit as JSON or as a row of a table. */
public final class AuditView {

    private static final String ROW = "%-27s %-16s %-20s %-10s %s";

    /** The head of the table. */
    public static final String HEAD = ROW.formatted("AT", "WHO", "ACTION", "ACCOUNT", "DETAILS");

    private AuditView() {}

    /** The entry as a JSON object. */
    public static Map<String, @Nullable Object> json(AuditEntry entry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("at", entry.at().toString());
        json.put("who", entry.who());
        json.put("action", entry.action());
        json.put("account", entry.account().isPresent() ? entry.account().getAsLong() : null);
        json.put("details", entry.details());
        return json;
    }

    /** The entry as a row of the table that {@link #HEAD} begins. */
    public static String row(AuditEntry entry) {
        String number =
                entry.account().isPresent() ? Long.toString(entry.account().getAsLong()) : "-";
        return ROW.formatted(entry.at(), entry.who(), entry.action(), number, entry.details())
                .stripTrailing();
    }
}
