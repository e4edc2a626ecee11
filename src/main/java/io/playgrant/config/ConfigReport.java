package io.playgrant.config;

import java.util.List;

/**
 * The settings as they would be used, and what is wrong with them.
 *
 * @param settings all of them; none if their file cannot be read
 * @param problems sentences: why a start would fail
 * @param warnings sentences: what is probably not meant so
 */
public record ConfigReport(List<Effective> settings, List<String> problems, List<String> warnings) {

    /**
     * A setting as it would be used.
     *
     * @param variable its environment variable
     * @param source {@code environment}, {@code application.properties} or {@code nowhere}
     * @param value its text; masked if it is, or may hold, a secret
     */
    public record Effective(String variable, String source, String value) {}
}
