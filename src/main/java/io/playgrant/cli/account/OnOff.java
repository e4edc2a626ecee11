package io.playgrant.cli.account;

/** The values {@code on} and {@code off}; picocli's own conversion of booleans knows only true and false. */
public enum OnOff {
    ON,
    OFF
}
