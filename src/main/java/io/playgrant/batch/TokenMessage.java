package io.playgrant.batch;

import java.util.List;

/**
 * A message with one request or a batch, as {@code docs/token-message.schema.json} describes it.
 *
 * @param id the id that its sender chose
 * @param isBatch whether the results are returned as a list
 * @param items the requests in the order of the message; a single request has the id of the message
 */
public record TokenMessage(String id, boolean isBatch, List<Item> items) {}
