/** Requests from a JMS queue, and their answers. */
@NullMarked
package io.playgrant.route.jms;

import org.jspecify.annotations.NullMarked;
