package io.playgrant.batch.row;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A malformed message. The reason never quotes the message, which may contain secrets. */
public final class MessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String id;

    /**
     * A refusal of a whole message.
     *
     * @param id the message's id, null if none could be read
     * @param reason the error and the expected form
     */
    public MessageException(@Nullable String id, String reason) {
        super(reason, null, false, false);
        this.id = id;
    }

    /** The message's id, if one could be read. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** The error and the expected form. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
