package io.playgrant.route.exchange;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Lines of the refusal log in the form that {@code logback-text.xml} gives them. */
public final class RefusalLines {

    private RefusalLines() {}

    /** The line without its time, level and logger. */
    public static String text(ILoggingEvent event) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(new LoggerContext());
        layout.setPattern("%kvp{NONE}");
        layout.start();
        return layout.doLayout(event);
    }
}
