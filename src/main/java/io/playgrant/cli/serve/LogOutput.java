package io.playgrant.cli.serve;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import io.playgrant.config.LogFormat;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Sets the format of the log. It is text until the settings have been read. */
final class LogOutput {

    private static final String PROPERTY = "playgrant.log.format";

    private LogOutput() {}

    /** Writes all further lines in this format, see {@code logback.xml}. */
    static void use(LogFormat format) throws JoranException {
        if (format == LogFormat.TEXT) {
            return;
        }
        System.setProperty(PROPERTY, format.name().toLowerCase(Locale.ROOT));
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        new ContextInitializer(context).autoConfig();
    }
}
