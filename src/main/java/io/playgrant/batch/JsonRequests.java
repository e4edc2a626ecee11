package io.playgrant.batch;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each record is a message of its own, in JSON. */
public final class JsonRequests implements RequestFormat {

    private static final MessageReader MESSAGES = new MessageReader(Optional.empty());

    private final Map<String, List<String>> defaults;

    /**
     * Requests with defaults.
     *
     * @param defaults values by the names of parameters, for requests that do not bring their own
     */
    public JsonRequests(Map<String, List<String>> defaults) {
        this.defaults = defaults;
    }

    @Override
    public Item parse(byte[] record, String number) {
        return MESSAGES.readSingle(record, defaults);
    }
}
