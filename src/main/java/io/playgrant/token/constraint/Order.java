package io.playgrant.token.constraint;

/**
 * The protocol's order of checks: the rows of its table of parameters (section 2) from top to bottom. A parameter that has several
 * errors takes the numbers after its row's.
 */
public final class Order {

    public static final int GENERAL_FLAGS = 100;
    public static final int KEK = 200;
    /** The indexes stand with the first parameter that can only be read once they are right. */
    public static final int INDEXES = 290;

    public static final int KID = 300;
    public static final int EK = 400;
    public static final int CONTENT_KEY = 500;
    public static final int CONTENT_ID = 600;
    public static final int SECURITY_LEVEL = 700;
    public static final int HDCP_OUTPUT_CONTROL = 800;
    public static final int TRACK_TYPE = 850;
    public static final int LICENSE_DURATION = 900;
    public static final int WV_EXTENSION = 1000;
    public static final int EXPIRATION_TIME = 1100;
    public static final int COOKIE = 1200;
    public static final int DEVICE_ID = 1300;
    public static final int IP_ADDRESS = 1400;
    public static final int OUTPUT_CONTROL_FLAGS = 1500;
    public static final int RIGHTS_TYPE = 1600;
    public static final int RENTAL_PERIOD_END_TIME = 1610;
    public static final int RENTAL_PLAY_DURATION = 1620;
    public static final int RENTAL_DURATION = 1630;
    public static final int PLAYBACK_DURATION = 1700;
    public static final int MAX_REDEMPTIONS = 1800;
    public static final int NOT_BEFORE = 1900;

    private Order() {}
}
