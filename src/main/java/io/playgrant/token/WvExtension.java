package io.playgrant.token;

import java.util.Base64;

/**
 * A Widevine extension of a request: {@code <4 characters>,<base64>}.
 *
 * @param type 4 characters
 * @param payload the bytes, in base64 with padding (RFC 4648 section 4)
 */
public record WvExtension(String type, String payload) {

    /** The largest number of extensions in a request. */
    static final int MOST = 16;

    /** The largest number of characters of all extensions in a request together. */
    static final int MOST_CHARACTERS = 1024;

    private static final int TYPE_LENGTH = 4;

    static WvExtension of(String type, byte[] payload) {
        return new WvExtension(type, Base64.getEncoder().encodeToString(payload));
    }

    /** Reads a value whose {@link Part parts} are all valid. */
    static WvExtension parse(String value) {
        return of(type(value), Base64.getDecoder().decode(payload(value)));
    }

    /** The decoded payload. */
    byte[] payloadBytes() {
        return Base64.getDecoder().decode(payload);
    }

    /** The parts of an extension that are checked, each with an error of its own. */
    public enum Part {
        /** There is a payload after the type. */
        VALUE {
            @Override
            boolean isValid(String value) {
                return !payload(value).isEmpty();
            }
        },
        /** The type has four characters. */
        TYPE {
            @Override
            boolean isValid(String value) {
                return type(value).codePointCount(0, type(value).length()) == TYPE_LENGTH;
            }
        },
        /** The payload is base64 (RFC 4648 section 4). */
        PAYLOAD {
            @Override
            boolean isValid(String value) {
                try {
                    Base64.getDecoder().decode(payload(value));
                    return true;
                } catch (IllegalArgumentException e) {
                    return false;
                }
            }
        },
        /** The number and total length of all extensions are within the limits, and no type has a control character. */
        LIMITS {
            @Override
            boolean isValid(String value) {
                return type(value).codePoints().noneMatch(Character::isISOControl);
            }

            @Override
            public boolean isValid(Parameter parameter) {
                if (parameter.isAbsent()) {
                    return true;
                }
                int characters =
                        parameter.values().stream().mapToInt(String::length).sum();
                return !parameter.malformed()
                        && parameter.values().size() <= MOST
                        && characters <= MOST_CHARACTERS
                        && super.isValid(parameter);
            }
        };

        abstract boolean isValid(String value);

        /** Whether this part is valid in every value. */
        public boolean isValid(Parameter parameter) {
            return parameter.isAbsent() || parameter.values().stream().allMatch(this::isValid);
        }
    }

    private static String type(String value) {
        int comma = value.indexOf(',');
        return comma < 0 ? value : value.substring(0, comma);
    }

    private static String payload(String value) {
        int comma = value.indexOf(',');
        return comma < 0 ? "" : value.substring(comma + 1);
    }
}
