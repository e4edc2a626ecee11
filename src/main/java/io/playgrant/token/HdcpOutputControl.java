package io.playgrant.token;

/** The HDCP version that a digital output must support; {@link #number()} is {@code hdcpOutputControl} of the protocol. */
public enum HdcpOutputControl {
    HDCP_NONE(0),
    HDCP_V1(1),
    HDCP_V2(2),
    HDCP_V2_1(3),
    HDCP_V2_2(4),
    HDCP_NO_DIGITAL_OUTPUT(5);

    /** The values, without the copy that {@code values()} makes. */
    private static final HdcpOutputControl[] ALL = values();

    private final int number;

    HdcpOutputControl(int number) {
        this.number = number;
    }

    /** 0 to 5. */
    public int number() {
        return number;
    }

    /**
     * The constant with a number.
     *
     * @throws IllegalArgumentException unless it is 0 to 5
     */
    public static HdcpOutputControl of(int number) {
        return Numbered.pick(ALL, rule -> rule.number, number);
    }
}
