package io.playgrant.packager.cpix;

import io.playgrant.contentkey.KeyId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The usage rules of a document: the track types and the periods of each key. */
final class UsageRules {

    /** Of all track types of a key together. */
    private static final int LONGEST_TYPE = 64;

    private final Map<KeyId, LinkedHashSet<String>> typesByKid = new HashMap<>();
    private final Map<KeyId, Set<OptionalLong>> periodsByKid = new HashMap<>();

    private UsageRules() {}

    /**
     * Reads the rules.
     *
     * @param kids the keys of the document
     * @param speke null for plain CPIX, which does not need rules, and allows rules without track types and filters
     */
    static UsageRules read(XmlElement root, Set<KeyId> kids, @Nullable SpekeVersion speke) {
        UsageRules rules = new UsageRules();
        Periods periods = Periods.read(root);
        for (XmlElement list : root.all("ContentKeyUsageRuleList")) {
            for (XmlElement rule : list.all("ContentKeyUsageRule")) {
                rules.add(rule, kids, periods, speke);
            }
        }
        kids.forEach(rules::checkLength);
        if (speke != null) {
            rules.checkAll();
        }
        return rules;
    }

    private void add(XmlElement rule, Set<KeyId> kids, Periods periods, @Nullable SpekeVersion speke) {
        KeyId kid = Uuids.kid(rule);
        if (!kids.contains(kid)) {
            throw malformed("ContentKeyUsageRule@kid " + kid.toUuid() + " names no ContentKey");
        }
        String type = type(rule);
        if (speke != null) {
            check(rule, type);
        }
        if (!type.isEmpty()) {
            typesByKid.computeIfAbsent(kid, each -> new LinkedHashSet<>()).add(type);
        }
        for (XmlElement filter : rule.all("KeyPeriodFilter")) {
            periodsByKid.computeIfAbsent(kid, each -> new LinkedHashSet<>()).add(periods.index(filter));
        }
    }

    private static String type(XmlElement rule) {
        String type = rule.attribute("intendedTrackType");
        return type == null ? "" : type.strip();
    }

    private static void check(XmlElement rule, String type) {
        if (type.isEmpty()) {
            throw malformed("missing ContentKeyUsageRule@intendedTrackType");
        }
        if (!rule.all("BitrateFilter").isEmpty()) {
            throw malformed("SPEKE has no BitrateFilter");
        }
        if (rule.all("VideoFilter").isEmpty() && rule.all("AudioFilter").isEmpty()) {
            throw CpixException.of("Missing CPIX encryption contract");
        }
    }

    private void checkLength(KeyId kid) {
        if (type(kid).length() > LONGEST_TYPE) {
            throw malformed(
                    "the track types of KID " + kid.toUuid() + " have more than " + LONGEST_TYPE + " characters");
        }
    }

    private void checkAll() {
        if (typesByKid.isEmpty()) {
            throw CpixException.of("Missing CPIX encryption contract");
        }
        Set<String> types = new LinkedHashSet<>();
        typesByKid.values().forEach(ofKey -> ofKey.forEach(type -> types.addAll(List.of(type.split("\\+", -1)))));
        if (types.contains("ALL") && types.size() > 1) {
            throw malformed("intendedTrackType ALL beside other track types");
        }
    }

    private static CpixException malformed(String reason) {
        return CpixException.of("Malformed encryption contract: " + reason);
    }

    /** The track types of a key, joined by {@code +} as in SPEKE's {@code SD+HD1}; empty if no rule names one. */
    String type(KeyId kid) {
        return String.join("+", typesByKid.getOrDefault(kid, new LinkedHashSet<>()));
    }

    /** The index of the key's period. None if the key has no period, several, or one that is given by times. */
    OptionalLong period(KeyId kid) {
        Set<OptionalLong> periods = periodsByKid.getOrDefault(kid, Set.of());
        Iterator<OptionalLong> first = periods.iterator();
        return periods.size() == 1 ? first.next() : OptionalLong.empty();
    }
}
