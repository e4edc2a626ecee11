package io.playgrant.token;

/** The kind of track that a key encrypts; {@link #number()} is {@code trackType} of the protocol. */
public enum TrackType {
    SD(0),
    HD(1),
    AUDIO(2),
    UHD1(3),
    UHD2(4);

    /** The values, without the copy that {@code values()} makes. */
    private static final TrackType[] ALL = values();

    private final int number;

    TrackType(int number) {
        this.number = number;
    }

    /** 0 to 4. */
    public int number() {
        return number;
    }

    /**
     * The track type with a number.
     *
     * @throws IllegalArgumentException unless it is 0 to 4
     */
    public static TrackType of(int number) {
        return Numbered.pick(ALL, type -> type.number, number);
    }
}
