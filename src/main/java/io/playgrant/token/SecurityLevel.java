package io.playgrant.token;

/** Widevine's robustness levels; {@link #number()} is {@code securityLevel} of the protocol and of Widevine's content_key_specs. */
public enum SecurityLevel {
    SW_SECURE_CRYPTO(1),
    SW_SECURE_DECODE(2),
    HW_SECURE_CRYPTO(3),
    HW_SECURE_DECODE(4),
    HW_SECURE_ALL(5);

    /** The values, without the copy that {@code values()} makes. */
    private static final SecurityLevel[] ALL = values();

    private final int number;

    SecurityLevel(int number) {
        this.number = number;
    }

    /** 1 to 5. */
    public int number() {
        return number;
    }

    /**
     * The level with a number.
     *
     * @throws IllegalArgumentException unless it is 1 to 5
     */
    public static SecurityLevel of(int number) {
        return Numbered.pick(ALL, level -> level.number, number);
    }
}
