package io.playgrant.batch;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON: each row is a message of its own. */
public final class JsonRequests implements RequestFormat {

    private static final MessageReader MESSAGES = new MessageReader(Optional.empty());

    private final Map<String, List<String>> defaults;

    /**
     * A format with defaults.
     *
     * @param defaults default values by parameter name
     */
    public JsonRequests(Map<String, List<String>> defaults) {
        this.defaults = defaults;
    }

    @Override
    public Item parse(byte[] record, String number) {
        return MESSAGES.readSingle(record, defaults);
    }
}
