package io.playgrant.batch;

import java.util.List;

/**
 * What a message asks for: one token, or many. Its form is that of {@code docs/token-message.schema.json}.
 *
 * @param id the message's own id, as its sender chose it
 * @param isBatch whether the results go back as a list
 * @param items the requests, in the message's order; just one, with the message's id, unless it is a batch
 */
public record TokenMessage(String id, boolean isBatch, List<Item> items) {}
