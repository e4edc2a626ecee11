package io.playgrant.cli.account;

/** Whether something is on; the command line's own conversion of booleans knows only true and false. */
public enum OnOff {
    ON,
    OFF
}
