package io.playgrant.route.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.token.Parameter;
import io.playgrant.token.Parameters;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormDecoderTest {

    private static final int FORMS = 50_000;

    private static final List<String> PARTS = List.of(
            "kid",
            "kid.0",
            "cookie",
            "x",
            "=",
            "=",
            "=",
            "&",
            "&",
            "&",
            "+",
            "%",
            "%2",
            "%41",
            "%4a",
            "%4A",
            "%zz",
            "%00",
            "%C3",
            "%A9",
            "%c3%a9",
            "%F0%9F%8E%AC",
            "%ED%A0%80",
            "%C0%80",
            "%FF",
            "\u00c3\u00a9",
            "\u00e9",
            "[",
            "]",
            ".",
            "0",
            "~",
            " ");

    @ParameterizedTest
    @CsvSource({
        "cookie=a+b, 'a b'",
        "cookie=a%2Bb, a+b",
        "cookie=%41%5a%7E, AZ~",
        "cookie=%C3%A9, \u00e9",
        "cookie=caf%C3%A9+%F0%9F%8E%AC, caf\u00e9 \uD83C\uDFAC",
        "%63ookie=a=b, a=b",
        "c%6Fokie[]=a, a"
    })
    void decode_readsEscapesPlusSignsAndUtf8(String form, String value) {
        assertThat(decode(form).get("cookie")).isEqualTo(new Parameter("cookie", List.of(value), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "a%zz", "%4g", "%-1", "%C3", "%C3a", "%ED%A0%80", "%C0%80", "%FF", "\u00e9"})
    void decode_marksAValueThatIsNotPercentEncodedUtf8(String value) {
        assertThat(decode("cookie=" + value).get("cookie")).isEqualTo(new Parameter("cookie", List.of(), true));
    }

    @Test
    void decode_leavesAParameterOutWhoseNameIsNotPercentEncodedUtf8() {
        assertThat(decode("%FF=a&coo%kie=b&kid=c").names()).containsExactly("kid");
    }

    @Test
    void decode_ofAnyBytes_isThatOfASlowDecoder() {
        Random random = new Random(13);
        for (int form = 0; form < FORMS; form++) {
            byte[] bytes = randomForm(random).getBytes(StandardCharsets.ISO_8859_1);
            Parameters expected = new Parameters();
            decodeSlowly(bytes, expected);
            Parameters decoded = new Parameters();
            FormDecoder.decode(bytes, decoded);

            assertThat(all(decoded))
                    .as(() -> new String(bytes, StandardCharsets.ISO_8859_1))
                    .isEqualTo(all(expected));
        }
    }

    @ParameterizedTest
    @CsvSource({"a+b, a+b", "a%20b, 'a b'", "%C3%A9, \u00e9", "'', ''"})
    void decodePath_leavesPlusSigns(String part, String text) {
        assertThat(FormDecoder.decodePath(part)).hasValue(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%zz", "%FF"})
    void decodePath_refusesOtherThanPercentEncodedUtf8(String part) {
        assertThat(FormDecoder.decodePath(part)).isEmpty();
    }

    private static Parameters decode(String form) {
        Parameters parameters = new Parameters();
        FormDecoder.decode(form.getBytes(StandardCharsets.ISO_8859_1), parameters);
        return parameters;
    }

    private static String randomForm(Random random) {
        StringBuilder form = new StringBuilder();
        for (int part = random.nextInt(12); part > 0; part--) {
            form.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return form.toString();
    }

    private static List<Parameter> all(Parameters parameters) {
        List<Parameter> all = new ArrayList<>();
        parameters.names().forEach(name -> all.add(parameters.get(name)));
        return all;
    }

    /** The decoder without any shortcut. */
    private static void decodeSlowly(byte[] form, Parameters into) {
        int start = 0;
        while (start < form.length) {
            int end = indexOf(form, '&', start, form.length);
            int equals = indexOf(form, '=', start, end);
            Optional<String> name = decodeSlowly(form, start, equals);
            if (name.isPresent()) {
                decodeSlowly(form, Math.min(equals + 1, end), end)
                        .ifPresentOrElse(text -> into.add(name.get(), text), () -> into.addMalformed(name.get()));
            }
            start = end + 1;
        }
    }

    private static Optional<String> decodeSlowly(byte[] form, int start, int end) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = start; i < end; i++) {
            switch (form[i]) {
                case '+' -> bytes.write(' ');
                case '%' -> {
                    int high = i + 2 < end ? Character.digit(form[i + 1], 16) : -1;
                    int low = i + 2 < end ? Character.digit(form[i + 2], 16) : -1;
                    if (high < 0 || low < 0) {
                        return Optional.empty();
                    }
                    bytes.write(high << 4 | low);
                    i += 2;
                }
                default -> bytes.write(form[i]);
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static int indexOf(byte[] bytes, char wanted, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return end;
    }
}
