package io.playgrant.console.http;

/** A part of the console: some pages, or some operations of the admin API. */
@FunctionalInterface
public interface ConsolePart {

    /** Adds what it serves. */
    void addTo(ConsoleRoutes routes);
}
