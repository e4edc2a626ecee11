package io.playgrant.packager.cpix;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The key periods of a document. Only an index has a meaning here; times are echoed. */
final class Periods {

    /** The boxes of Widevine have 32 bits for it. */
    private static final long LARGEST_INDEX = 0xffff_ffffL;

    private final Map<String, OptionalLong> indexById;

    private Periods(Map<String, OptionalLong> indexById) {
        this.indexById = indexById;
    }

    static Periods read(XmlElement root) {
        Map<String, OptionalLong> indexById = new HashMap<>();
        for (XmlElement list : root.all("ContentKeyPeriodList")) {
            for (XmlElement period : list.all("ContentKeyPeriod")) {
                String id = period.attribute("id");
                if (id == null || id.isBlank()) {
                    throw CpixException.of("Missing ContentKeyPeriod@id");
                }
                if (indexById.putIfAbsent(id, index(period.attribute("index"))) != null) {
                    throw CpixException.of("Two ContentKeyPeriod have the same id");
                }
            }
        }
        return new Periods(indexById);
    }

    private static OptionalLong index(@Nullable String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            long index = Long.parseLong(text.strip());
            if (index >= 0 && index <= LARGEST_INDEX) {
                return OptionalLong.of(index);
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw CpixException.of("ContentKeyPeriod@index is not a number from 0 to " + LARGEST_INDEX);
    }

    /** The index of the period that a filter names, if it has one. */
    OptionalLong index(XmlElement filter) {
        OptionalLong index = indexById.get(filter.attribute("periodId"));
        if (index == null) {
            throw CpixException.of("Malformed encryption contract: KeyPeriodFilter@periodId names no ContentKeyPeriod");
        }
        return index;
    }
}
