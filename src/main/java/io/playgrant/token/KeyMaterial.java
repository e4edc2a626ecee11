package io.playgrant.token;

/** The kind of key material for one kid (protocol section 2, "Key material"). */
public enum KeyMaterial {
    /** {@code contentKey} alone. */
    CLEAR,
    /** {@code kek} and {@code ek}. */
    WRAPPED,
    /** {@code kek} alone: the ek is in the key storage. */
    STORED,
    /** {@code ek} without {@code kek}. */
    WITHOUT_KEK,
    /** {@code contentKey} together with {@code kek} or {@code ek}. */
    AMBIGUOUS,
    /** None of the three: {@code kid} alone, whose key the service must hold. */
    HELD
}
