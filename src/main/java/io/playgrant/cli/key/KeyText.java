package io.playgrant.cli.key;

import io.playgrant.cli.terminal.ClientText;
import io.playgrant.keystore.KeyObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows a stored key as text or as a row of a table. */
final class KeyText {

    private static final String ROW = "%-32s %-20s %-20s %-43s %s";

    /** The head of the table. */
    static final String HEAD = ROW.formatted("KID", "UPDATED", "EXPIRES", "KEK", "CONTENT");

    private KeyText() {}

    /** The key as lines of text, without lines for members that it does not have. */
    static String text(KeyObject key) {
        Map<String, @Nullable String> members = new LinkedHashMap<>();
        members.put("kid", key.kid());
        members.put("k", key.k());
        members.put("ek", key.ek());
        members.put("kekId", key.kekId());
        members.put("info", key.info() == null ? null : key.info().replace("\n", "\n" + " ".repeat(16)));
        members.put("contentId", key.contentId());
        members.put(
                "expiration", hasExpired(key) ? key.expiration() + ", so the key is no longer used" : key.expiration());
        members.put("lastUpdate", key.lastUpdate());
        members.put("held", key.isHeld() ? "by the service" : null);
        members.put("trackType", Objects.toString(key.trackType(), null));
        return members.entrySet().stream()
                .filter(member -> member.getValue() != null)
                .map(member -> "%-15s %s%n".formatted(member.getKey(), member.getValue()))
                .collect(Collectors.joining());
    }

    /** A key that a kek wraps has no ek any more when it has expired; a held key never shows one. */
    private static boolean hasExpired(KeyObject key) {
        return key.isHeld()
                ? key.expiration() != null && !Instant.parse(key.expiration()).isAfter(Instant.now())
                : key.ek() == null;
    }

    /** The key as a row of the table that {@link #HEAD} begins. */
    static String row(KeyObject key) {
        return ROW.formatted(
                        key.kid(),
                        key.lastUpdate(),
                        orDash(key.expiration()),
                        key.isHeld() ? "held by the service" : orDash(key.kekId()),
                        orDash(key.contentId()))
                .stripTrailing();
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : ClientText.unambiguous(text);
    }
}
