package io.playgrant.config;

/** The format of the log. */
public enum LogFormat {
    TEXT,
    JSON
}
