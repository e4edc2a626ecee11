package io.playgrant.route;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.apache.camel.processor.errorhandler.DefaultErrorHandler;
import org.slf4j.LoggerFactory;

/**
 * What Camel's error handler tells of failures, at whatever level: it changes the level of the logger that all threads share for each line,
 * so that one meant for DEBUG goes out as an ERROR once in many thousands.
 */
public final class CamelsFailureLog implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger(DefaultErrorHandler.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    public CamelsFailureLog() {
        lines.start();
        logger.setLevel(Level.TRACE);
        logger.addAppender(lines);
    }

    public List<String> lines() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }
}
