package io.playgrant.token;

import io.playgrant.account.AddressRange;
import io.playgrant.token.constraint.Texts;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The vocabulary of the rules in {@link ParameterTable}. A condition on a value is met unless there is exactly one value: an absent or
 * repeated value breaks another rule.
 */
final class Conditions {

    private static final String NAME_MARK = "^";

    private Conditions() {}

    /** Sent with a value. */
    static Condition given() {
        return (parameter, request, now) -> !parameter.isAbsent();
    }

    /** Sent with a value, unless the request names its keys by their content. */
    static Condition givenOrContent() {
        return (parameter, request, now) -> !parameter.isAbsent() || request.namesContentOnly();
    }

    /** Sent with a value if the request is a rental. */
    static Condition givenForRental() {
        return (parameter, request, now) -> !parameter.isAbsent() || !request.isRental();
    }

    /** Not sent, or empty. */
    static Condition.OfPresent absent() {
        return (parameter, request, now) -> parameter.isAbsent();
    }

    /** Sent at most once, in well-formed percent-encoded UTF-8. */
    static Condition.OfPresent atMostOnce() {
        return (parameter, request, now) -> parameter.isAbsent() || parameter.isSingle();
    }

    /** One of these. */
    static Condition.OfPresent oneOf(String... texts) {
        Set<String> all = Set.of(texts);
        return value(all::contains);
    }

    /** Hexadecimal digits only. */
    static Condition.OfPresent hex() {
        return value(Texts::isHex);
    }

    /** Exactly this number of hexadecimal digits. */
    static Condition.OfPresent hex(int digits) {
        return value(text -> Texts.isHex(text, digits));
    }

    /** 32, 48 or 64 hexadecimal digits: an AES key. */
    static Condition.OfPresent aesKey() {
        return value(text -> (text.length() == 32 || text.length() == 48 || text.length() == 64) && Texts.isHex(text));
    }

    /** Exactly this number of characters. */
    static Condition.OfPresent length(int characters) {
        return value(text -> Texts.length(text) == characters);
    }

    /** At most this number of characters, and no control character. */
    static Condition.OfPresent line(int mostCharacters) {
        return value(text -> Texts.length(text) <= mostCharacters && !Texts.hasControls(text));
    }

    /** A whole number, whatever its size. */
    static Condition.OfPresent number() {
        return value(Texts::isNumber);
    }

    /** A whole number in a range; leading zeros do not matter. */
    static Condition.OfPresent numberFrom(int min, int max) {
        return value(text -> Texts.isNumberFrom(min, max, text));
    }

    /** Decimal digits, without a sign, of a number in a range; leading zeros do not matter. */
    static Condition.OfPresent digitsFrom(int min, int max) {
        return value(text -> text.charAt(0) != '-' && Texts.isNumberFrom(min, max, text));
    }

    /** A number in a range, written without a sign and without leading zeros. */
    static Condition.OfPresent plainNumberFrom(int min, int max) {
        return value(text -> text.charAt(0) != '-'
                && (text.charAt(0) != '0' || text.length() == 1)
                && Texts.isNumberFrom(min, max, text));
    }

    /** The two forms of a kid: 32 hexadecimal digits, or a name after {@code ^}. */
    static Condition.OfPresent hexKidOrName() {
        return value(kid -> kid.startsWith(NAME_MARK) || Texts.isHex(kid, KeyRequest.KID_DIGITS));
    }

    /** At most 64 characters after {@code ^}, if the kid is a name. */
    static Condition.OfPresent shortName() {
        return value(kid -> !kid.startsWith(NAME_MARK) || Texts.length(kid) <= KeyRequest.MOST_NAME_CHARACTERS + 1);
    }

    /** At least one character after {@code ^}, and no control character, if the kid is a name. */
    static Condition.OfPresent nameWithoutControls() {
        return value(kid -> !kid.startsWith(NAME_MARK) || (kid.length() > 1 && !Texts.hasControls(kid)));
    }

    /** An IPv4 or IPv6 address or CIDR range in standard notation. */
    static Condition.OfPresent addressRange() {
        return value(text -> AddressRange.parse(text).isPresent());
    }

    /** A time in a form of the protocol, see {@link TimeParameter}. */
    static Condition.OfPresent time() {
        return time((time, now) -> true);
    }

    /** A time after now. */
    static Condition.OfPresent futureTime() {
        return time(Instant::isAfter);
    }

    /** A time after now, at most this number of seconds ahead. */
    static Condition.OfPresent futureTime(long mostSecondsAhead) {
        return time((time, now) -> time.isAfter(now) && !time.isAfter(now.plusSeconds(mostSecondsAhead)));
    }

    /** Earlier than the expiry of the token, if both times can be read. */
    static Condition.OfPresent beforeTheEnd() {
        return (parameter, request, now) -> request.isNotBeforeEarlierThanExpiration(now);
    }

    /** Extensions of which one part is valid. */
    static Condition.OfPresent extensions(WvExtension.Part part) {
        return (parameter, request, now) -> part.isValid(parameter);
    }

    /** No index is missing, too large, or beside a plain {@code kid}. */
    static Condition contiguousIndexes() {
        return (parameter, request, now) -> request.indexes().areContiguous();
    }

    private static Condition.OfPresent value(Predicate<String> isValid) {
        return (parameter, request, now) -> !parameter.isSingle() || isValid.test(parameter.value());
    }

    private static Condition.OfPresent time(TimeCondition condition) {
        return (parameter, request, now) -> {
            if (!parameter.isSingle()) {
                return true;
            }
            try {
                return condition.holds(TimeParameter.parse(parameter.value(), now), now);
            } catch (DateTimeException e) {
                return false;
            }
        };
    }

    /** A condition on a well-formed time. */
    @FunctionalInterface
    private interface TimeCondition {
        boolean holds(Instant time, Instant now);
    }
}
