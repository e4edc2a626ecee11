package io.playgrant.config;

import java.util.List;

/**
 * The effective settings, and the problems with them.
 *
 * @param settings all settings; empty if their file cannot be read
 * @param problems sentences about errors that would keep the server from starting
 * @param warnings sentences about probable mistakes
 */
public record ConfigReport(List<Effective> settings, List<String> problems, List<String> warnings) {

    /**
     * An effective setting.
     *
     * @param variable its environment variable
     * @param source {@code environment}, {@code application.properties} or {@code nowhere}
     * @param value its text; masked if it is, or may contain, a secret
     */
    public record Effective(String variable, String source, String value) {}
}
