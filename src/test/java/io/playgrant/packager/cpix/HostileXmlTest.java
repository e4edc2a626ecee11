package io.playgrant.packager.cpix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that were made to cost time, memory, or a look at other files. */
@Timeout(30)
class HostileXmlTest {

    private static final String SMALL = "<?xml version='1.0' encoding='UTF-8'?><!-- ü -->"
            + "<c:CPIX xmlns:c='urn:dashif:org:cpix' contentId='fil&amp;m' version=\"2.3\"><c:ContentKeyList>"
            + "<c:ContentKey kid='9f4a1b3c-5d6e-4f70-8192-a3b4c5d6e7f8'><![CDATA[ ]]>&#32;</c:ContentKey>"
            + "</c:ContentKeyList></c:CPIX>";

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("nothing", "", 400, "The body is empty"),
                Arguments.of(
                        "namespaces",
                        IntStream.range(0, 10_000)
                                .mapToObj(i -> " xmlns:a" + i + "=\"u\"")
                                .collect(Collectors.joining("", "<a", "/>")),
                        400,
                        "The document declares more than 1000 namespaces"),
                Arguments.of("too long", " ".repeat(10 * 1024 * 1024), 413, "The document has more than 262144 bytes"),
                Arguments.of(
                        "an entity bomb",
                        "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>",
                        400,
                        "Document types are not accepted"),
                Arguments.of(
                        "an external entity",
                        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
                        400,
                        "Document types are not accepted"),
                Arguments.of(
                        "an external document type",
                        "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>",
                        400,
                        "Document types are not accepted"),
                Arguments.of(
                        "a document type that was cut",
                        "<!DOCTYPE a [<!ENTITY",
                        400,
                        "Document types are not accepted"),
                Arguments.of(
                        "an unknown entity",
                        "<a>&e;</a>",
                        400,
                        "The document is not well-formed XML: line 1, column 7"),
                Arguments.of("an instruction", "<a><?php x?></a>", 400, "Processing instructions are not accepted"),
                Arguments.of("deep nesting", "<a>".repeat(10_000), 400, "The elements are nested more than 32 deep"),
                Arguments.of(
                        "many elements",
                        "<a>" + "<a/>".repeat(40_000) + "</a>",
                        400,
                        "The document has more than 20000 elements and comments"),
                Arguments.of(
                        "many comments",
                        "<!---->".repeat(30_000) + "<a/>",
                        400,
                        "The document has more than 20000 elements and comments"),
                Arguments.of(
                        "many attributes", "<a" + attributes(33) + "/>", 400, "An element has more than 32 attributes"),
                Arguments.of(
                        "a long attribute",
                        "<a b='" + "x".repeat(4097) + "'/>",
                        400,
                        "An attribute has more than 4096 characters"),
                Arguments.of(
                        "a long text",
                        "<a>" + "x".repeat(65_537) + "</a>",
                        400,
                        "A text has more than 65536 characters"),
                Arguments.of(
                        "only a comment", "<!-- -->", 400, "The document is not well-formed XML: line 1, column 9"),
                Arguments.of(
                        "a prefix without a namespace",
                        "<a:b/>",
                        400,
                        "The document is not well-formed XML: line 1, column 7"),
                Arguments.of(
                        "text after the end", "<a/>x", 400, "The document is not well-formed XML: line 1, column 5"),
                Arguments.of("two documents", "<a/><a/>", 400, "The document is not well-formed XML: line 1, column 6"),
                Arguments.of("XML 1.1", "<?xml version='1.1'?><a/>", 400, "Only XML 1.0 is accepted"),
                Arguments.of(
                        "another encoding",
                        "<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
                        400,
                        "The document must be in UTF-8 or UTF-16"),
                Arguments.of(
                        "JSON", "{\"contentId\": 1}", 400, "The document is not well-formed XML: line 1, column 1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void hostileDocument_isRefused(String name, String document, int status, String message) {
        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> read(document.getBytes(UTF_8)))
                .withMessage(message)
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(status));
    }

    /** Whether the parser or the reader refuses it differs between versions of Java. */
    @Test
    void veryManyAttributes_areRefused() {
        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> read(("<a" + attributes(20_000) + "/>").getBytes(UTF_8)))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400));
    }

    @Test
    void documentCutAnywhere_isRefused() {
        byte[] whole = SMALL.getBytes(UTF_8);
        assertThat(read(whole).contentId()).isEqualTo("fil&m");

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(CpixException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> read(cut))
                    .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400));
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, EFBBBF", "UTF-16BE, FEFF", "UTF-16LE, FFFE"})
    void byteOrderMark_namesTheEncoding(String charset, String mark) {
        byte[] text = SMALL.replace("UTF-8", charset).getBytes(Charset.forName(charset));

        assertThat(read(join(HexFormat.of().parseHex(mark), text)).contentId()).isEqualTo("fil&m");
    }

    static Stream<byte[]> inOtherEncodings() {
        return Stream.of(
                SMALL.getBytes(ISO_8859_1),
                SMALL.getBytes(UTF_16BE),
                SMALL.getBytes(UTF_16LE),
                join(new byte[] {(byte) 0xfe, (byte) 0xff}, new byte[] {0}),
                join(new byte[] {(byte) 0xff, (byte) 0xfe}, new byte[] {0, (byte) 0xd8}),
                SMALL.getBytes(Charset.forName("IBM037")),
                new byte[] {(byte) 0xc0, (byte) 0xbc, 'a', '/', '>'},
                new byte[1000]);
    }

    @ParameterizedTest
    @MethodSource("inOtherEncodings")
    void otherEncoding_isRefused(byte[] document) {
        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> read(document))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400));
    }

    @Test
    void messageOfBadXml_doesNotQuoteTheDocument() {
        assertThatExceptionOfType(CpixException.class)
                .isThrownBy(() -> read("<secretName:a secretAttribute='secretValue'>&secretEntity;".getBytes(UTF_8)))
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("secret"));
    }

    private static String attributes(int count) {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < count; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        return attributes.toString();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static CpixRequest read(byte[] document) {
        return CpixReader.read(document, null, CpixVectors.NOW);
    }
}
