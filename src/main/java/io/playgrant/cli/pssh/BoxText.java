package io.playgrant.cli.pssh;

import io.playgrant.packager.box.BoxException;
import io.playgrant.packager.box.PsshBox;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Boxes as an argument has them: in hexadecimal digits, or in base64 or base64url. */
final class BoxText {

    private BoxText() {}

    /**
     * Reads boxes.
     *
     * @throws BoxException if the text is neither, or contains anything else than boxes
     */
    static List<PsshBox> read(String text) {
        String stripped = text.strip();
        try {
            // A box begins with its size, so with zeros, which are letters in base64.
            if (stripped.startsWith("0")) {
                return PsshBox.decodeAll(HexFormat.of().parseHex(stripped));
            }
            String standard = stripped.replace('-', '+').replace('_', '/');
            return PsshBox.decodeAll(Base64.getDecoder().decode(standard));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("neither base64 nor hexadecimal", e);
        }
    }
}
