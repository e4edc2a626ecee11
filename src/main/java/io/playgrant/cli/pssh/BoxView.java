package io.playgrant.cli.pssh;

import io.playgrant.cli.terminal.ClientText;
import io.playgrant.contentkey.KeyId;
import io.playgrant.packager.ContentIdText;
import io.playgrant.packager.box.BoxException;
import io.playgrant.packager.box.DrmSystem;
import io.playgrant.packager.box.PlayReadyObject;
import io.playgrant.packager.box.ProtectionScheme;
import io.playgrant.packager.box.PsshBox;
import io.playgrant.packager.box.WidevineData;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows a box with all that its data says. */
final class BoxView {

    private static final Map<DrmSystem, String> NAMES = Map.of(
            DrmSystem.WIDEVINE, "Widevine",
            DrmSystem.PLAYREADY, "PlayReady",
            DrmSystem.FAIRPLAY, "FairPlay",
            DrmSystem.COMMON, "common (W3C)",
            DrmSystem.CLEAR_KEY, "Clear Key (DASH)");

    private BoxView() {}

    /** The box as members of JSON, without those that it does not have. */
    static Map<String, Object> json(PsshBox box) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        Optional<DrmSystem> system = DrmSystem.of(box.systemId());
        members.put("system", system.map(NAMES::get).orElse("unknown"));
        members.put("systemId", box.systemId().toString());
        members.put("version", box.version());
        if (box.version() > 0) {
            members.put("keyIds", texts(box.keyIds()));
        }
        members.put("base64", box.base64());
        members.put("hex", HexFormat.of().formatHex(box.bytes()));
        members.put("dataBase64", base64(box.data()));
        try {
            system.ifPresent(one -> putData(members, one, box.data()));
        } catch (BoxException e) {
            members.put("dataProblem", "the data " + e.getMessage());
        }
        return present(members);
    }

    private static void putData(Map<String, @Nullable Object> members, DrmSystem system, byte[] bytes) {
        if (system == DrmSystem.WIDEVINE) {
            putWidevine(members, WidevineData.read(bytes));
        } else if (system == DrmSystem.PLAYREADY) {
            PlayReadyObject object = PlayReadyObject.read(bytes);
            members.put("dataKeyIds", texts(object.keyIds()));
            members.put("header", object.header());
        }
    }

    private static void putWidevine(Map<String, @Nullable Object> members, WidevineData data) {
        members.put("dataKeyIds", texts(data.keyIds()));
        members.put("provider", data.provider());
        if (data.contentId().length > 0) {
            members.put("contentId", ContentIdText.of(data.contentId()));
            members.put("contentIdHex", HexFormat.of().formatHex(data.contentId()));
        }
        members.put("policy", data.policy());
        members.put("cryptoPeriod", data.period().isPresent() ? data.period().getAsLong() : null);
        members.put("scheme", data.scheme().map(ProtectionScheme::label).orElse(null));
    }

    /** The box as lines of text. */
    static String text(PsshBox box) {
        return json(box).entrySet().stream()
                .map(member -> "%-14s %s%n".formatted(member.getKey(), shown(member.getKey(), member.getValue())))
                .collect(Collectors.joining());
    }

    private static String shown(String name, Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(" "));
        }
        boolean isFree = name.equals("provider") || name.equals("contentId") || name.equals("policy");
        return isFree ? ClientText.unambiguous(String.valueOf(value)) : String.valueOf(value);
    }

    private static Map<String, Object> present(Map<String, @Nullable Object> members) {
        Map<String, Object> present = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value != null) {
                present.put(name, value);
            }
        });
        return present;
    }

    private static List<String> texts(List<KeyId> kids) {
        return kids.stream().map(KeyId::toString).toList();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
