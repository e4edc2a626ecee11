package io.playgrant.token;

import io.playgrant.account.Environment;

/**
 * A secret of the ring.
 *
 * @param id 16 hexadecimal digits: the 8 bytes that stand in a token
 * @param environment whose tokens it protects
 * @param secret 32 bytes or more
 */
record RingKey(String id, Environment environment, byte[] secret) {

    /** The id only. */
    @Override
    public String toString() {
        return id;
    }
}
