package io.playgrant.license.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.RepeatableRandom;
import io.playgrant.contentkey.KeyId;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.license.challenge.Challenge.Kind;
import io.playgrant.protobuf.ProtoWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeReaderTest {

    private static final KeyId FILM = KeyId.ofName("film");
    private static final KeyId TRAILER = KeyId.ofName("trailer");
    private static final String SERIAL = "00112233445566778899aabbccddeeff";

    @Test
    void certificateRequest_hasTwoBytes() {
        assertThat(ChallengeReader.read(SampleChallenge.certificate()))
                .isEqualTo(new Challenge(Kind.CERTIFICATE, List.of(), false, Optional.empty()));
    }

    /** The licence request of a keybox, with the structure of the sample in Google's public documentation of its licence service. */
    @Test
    void requestOfARealPlayer_isRead() {
        byte[] message = HexFormat.of()
                .parseHex("08011284010a4c08001248" + "00".repeat(72)
                        + "122c0a2a0a140801121024c3c2ce5d9b562c8c404b722bf82d99" + "10011a10" + "41".repeat(16)
                        + "180120bf989090051a20" + "00".repeat(32));

        assertThat(ChallengeReader.read(message))
                .isEqualTo(new Challenge(
                        Kind.NEW, List.of(KeyId.ofHex("24c3c2ce5d9b562c8c404b722bf82d99")), false, Optional.empty()));
    }

    @Test
    void newLicence_isReadWithAllThatItSays() {
        assertThat(ChallengeReader.read(SampleChallenge.of(FILM, TRAILER, FILM)
                        .offline()
                        .encryptedFor(SERIAL)
                        .bytes()))
                .isEqualTo(new Challenge(Kind.NEW, List.of(FILM, TRAILER), true, Optional.of(SERIAL)));
    }

    @ParameterizedTest
    @EnumSource(names = {"RENEWAL", "RELEASE"})
    void requestAboutAnExistingLicence_namesNoKeys(Kind kind) {
        assertThat(ChallengeReader.read(SampleChallenge.of(FILM).kind(kind).bytes()))
                .isEqualTo(new Challenge(kind, List.of(), false, Optional.empty()));
    }

    @Test
    void keysOfSeveralPsshs_areReadTogether() {
        ProtoWriter cenc = new ProtoWriter()
                .message(1, SampleChallenge.pssh(List.of(FILM)))
                .message(1, SampleChallenge.pssh(List.of(TRAILER)));

        assertThat(read(cenc).keyIds()).containsExactly(FILM, TRAILER);
    }

    @Test
    void psshInAnotherForm_namesNoKeys() {
        ProtoWriter cenc = new ProtoWriter()
                .bytes(1, "\u00ff no message".getBytes(StandardCharsets.ISO_8859_1))
                .bytes(1, new byte[0]);

        assertThat(read(cenc)).isEqualTo(new Challenge(Kind.NEW, List.of(), false, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 17, 32})
    void idOfAnotherLength_isOneThatNoTokenHas(int length) {
        ProtoWriter pssh = new ProtoWriter().bytes(2, FILM.toByteArray()).bytes(2, new byte[length]);
        ProtoWriter webm = new ProtoWriter().bytes(1, new byte[length]);

        assertThat(read(new ProtoWriter().message(1, pssh)))
                .isEqualTo(new Challenge(Kind.NEW, List.of(FILM), true, false, Optional.empty()));
        assertThat(readContent(new ProtoWriter().message(2, webm)))
                .isEqualTo(new Challenge(Kind.NEW, List.of(), true, false, Optional.empty()));
    }

    @Test
    void contentInWebM_isNamedByItsKeyId() {
        ProtoWriter webm = new ProtoWriter().bytes(1, FILM.toByteArray()).number(2, 2);

        assertThat(readContent(new ProtoWriter().message(2, webm)))
                .isEqualTo(new Challenge(Kind.NEW, List.of(FILM), true, Optional.empty()));
    }

    @Test
    void initData_namesTheKeysOfItsBoxes() {
        byte[] data = SampleChallenge.pssh(List.of(FILM)).toByteArray();
        byte[] listed = SamplePssh.version1(SamplePssh.COMMON, List.of(TRAILER), new byte[0]);

        assertThat(readInitData(SamplePssh.version0(SamplePssh.WIDEVINE, data)).keyIds())
                .containsExactly(FILM);
        assertThat(readInitData(SamplePssh.version1(SamplePssh.WIDEVINE, List.of(TRAILER), data))
                        .keyIds())
                .containsExactly(TRAILER, FILM);
        assertThat(readInitData(concat(SamplePssh.version0(SamplePssh.WIDEVINE, data), listed))
                        .keyIds())
                .containsExactly(FILM, TRAILER);
        assertThat(readInitData(SamplePssh.version0(SamplePssh.COMMON, data)).keyIds())
                .as("data in a form of others")
                .isEmpty();
    }

    @Test
    void initDataOfWebM_isTheKeyId() {
        ProtoWriter initData =
                new ProtoWriter().number(1, 2).bytes(2, FILM.toByteArray()).number(3, 2);

        assertThat(readContent(new ProtoWriter().message(4, initData)))
                .isEqualTo(new Challenge(Kind.NEW, List.of(FILM), true, Optional.empty()));
    }

    @Test
    void initDataInAnotherForm_namesNoKeys() {
        byte[] box = SamplePssh.version1(SamplePssh.WIDEVINE, List.of(FILM), new byte[0]);
        byte[] sizeOfGigabytes = box.clone();
        sizeOfGigabytes[0] = 0x7f;
        byte[] otherBox = box.clone();
        otherBox[4] = 'm';
        for (byte[] data : List.of(new byte[50], sizeOfGigabytes, otherBox, Arrays.copyOf(box, box.length - 1))) {
            assertThat(readInitData(data).keyIds()).isEmpty();
        }
    }

    @Test
    void boxThatClaimsMoreThanItHas_namesWhatItHas() {
        byte[] box = SamplePssh.version1(SamplePssh.WIDEVINE, List.of(FILM), new byte[0]);
        // The number of ids.
        box[28] = (byte) 0xff;

        assertThat(readInitData(box).keyIds()).containsExactly(FILM);
    }

    @ParameterizedTest
    @CsvSource({
        "2, true",
        "4294967298, true",
        "-4294967294, true",
        "2 1, true",
        "1 2, true",
        "2 99, true",
        "2 3, true",
        "1, false",
        "3, false",
        "1 1, false"
    })
    void licence_isOffline_ifAnyReadingOfItsTypeIs(String types, boolean offline) {
        for (ProtoWriter content : contents(types)) {
            assertThat(readContent(content).offline()).isEqualTo(offline);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "4, 4", "99, 99", "1 99, 99", "4294967297, 4294967297", "-1, -1"})
    void unknownLicenceType_isNoLicenceRequest(String types, String unknown) {
        for (ProtoWriter content : contents(types)) {
            byte[] message = SampleChallenge.signed(new ProtoWriter().message(2, content))
                    .toByteArray();
            assertThat(refusal(message)).isEqualTo("the licence request has the licence type " + unknown);
        }
    }

    /** The three forms for a new licence, with these licence types. */
    private static List<ProtoWriter> contents(String types) {
        ProtoWriter cenc = new ProtoWriter().message(1, SampleChallenge.pssh(List.of(FILM)));
        ProtoWriter webm = new ProtoWriter().bytes(1, FILM.toByteArray());
        ProtoWriter initData = new ProtoWriter().bytes(2, new byte[0]);
        for (String type : types.split(" ", -1)) {
            cenc.number(2, Long.parseLong(type));
            webm.number(2, Long.parseLong(type));
            initData.number(3, Long.parseLong(type));
        }
        return List.of(
                new ProtoWriter().message(1, cenc),
                new ProtoWriter().message(2, webm),
                new ProtoWriter().message(4, initData));
    }

    /** Of the alternatives the licence service may read another one than this service. */
    @Test
    void contentInSeveralForms_isNoLicenceRequest() {
        ProtoWriter cenc = new ProtoWriter().message(1, SampleChallenge.pssh(List.of(FILM)));
        ProtoWriter webm = new ProtoWriter().bytes(1, TRAILER.toByteArray()).number(2, 2);
        byte[] message = SampleChallenge.signed(new ProtoWriter()
                        .message(2, new ProtoWriter().message(1, cenc).message(2, webm)))
                .toByteArray();

        assertThat(refusal(message)).isEqualTo("the licence request names its content in several forms");
    }

    /** The licence service merges fields that occur twice; another reading of them could hide what is asked for. */
    @Test
    void fieldsThatOccurTwice_areMerged() {
        ProtoWriter streaming = new ProtoWriter()
                .message(
                        1,
                        new ProtoWriter()
                                .message(1, SampleChallenge.pssh(List.of(FILM)))
                                .number(2, 1));
        ProtoWriter offline = new ProtoWriter()
                .message(
                        1,
                        new ProtoWriter()
                                .message(1, SampleChallenge.pssh(List.of(TRAILER)))
                                .number(2, 2));
        byte[] message = new ProtoWriter()
                .number(1, 4)
                .number(1, 1)
                .message(2, new ProtoWriter().message(2, streaming).number(3, 2))
                .message(2, new ProtoWriter().message(2, offline).number(3, 1))
                .toByteArray();

        assertThat(ChallengeReader.read(message))
                .isEqualTo(new Challenge(Kind.NEW, List.of(FILM, TRAILER), true, Optional.empty()));
    }

    @Test
    void emptyCertificateSerial_isNone() {
        assertThat(ChallengeReader.read(
                                SampleChallenge.of(FILM).encryptedFor("").bytes())
                        .certificateSerial())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', the body is empty",
        "00, 'the body is no Protocol Buffers message, or was cut or changed on its way'",
        "08, 'the body is no Protocol Buffers message, or was cut or changed on its way'",
        "0801, the message has no licence request in it",
        "08011200, the licence request names no content",
        "080112021200, the licence request names no content",
        "0801120412021200, the licence request names no content",
        "0801120412022200, the licence request names no content",
        "0802, the message has the type 2",
        "0805, the message has the type 5",
        "08ffffffffffffffffff01, the message has the type -1",
        "0881808080100801, the message has no licence request in it",
        "08818080801012021200, the message has the type 4294967297",
        "1200, the message has the type 0",
        "0801120612020a001804, the licence request has the type 4",
        "0801120612020a001800, the licence request has the type 0",
        "7b226b696473223a5b5d7d, 'the body is no Protocol Buffers message, or was cut or changed on its way'"
    })
    void otherBodies_areNoLicenceRequest(String hex, String reason) {
        assertThat(refusal(HexFormat.of().parseHex(hex))).isEqualTo(reason);
    }

    @Test
    void longestBody_isRead_andOneByteMoreIsNot() {
        byte[] request = SampleChallenge.of(FILM).bytes();
        byte[] longest = padded(request, ChallengeReader.LONGEST);
        byte[] longer = padded(request, ChallengeReader.LONGEST + 1);

        assertThat(ChallengeReader.read(longest).keyIds()).containsExactly(FILM);
        assertThat(refusal(longer)).isEqualTo("the body has 65537 bytes, a licence request at most 65536");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0b", "0a", "12"})
    void nesting10000Deep_costsNothing(String tag) {
        byte[] deep = new byte[0];
        if (tag.equals("0b")) {
            // Groups.
            deep = HexFormat.of().parseHex(tag.repeat(10_000) + "0c".repeat(10_000));
        } else {
            int field = HexFormat.fromHexDigits(tag) >>> 3;
            for (int level = 0; level < 10_000; level++) {
                deep = new ProtoWriter().bytes(field, deep).toByteArray();
            }
        }
        byte[] message = new ProtoWriter().number(1, 1).bytes(2, deep).toByteArray();

        assertThat(refusal(message)).doesNotStartWith("read as ");
    }

    @Test
    void lengthsThatClaimGigabytes_reserveNoMemory() {
        for (String length : List.of("ffffffff07", "ffffffff0f", "8080808008", "ffffffffffffffff7f")) {
            for (String hex : List.of("12" + length, "080112" + length, "0801120612" + length)) {
                assertThat(refusal(HexFormat.of().parseHex(hex))).doesNotStartWith("read as ");
            }
            byte[] pssh = HexFormat.of().parseHex("12" + length);
            assertThat(read(new ProtoWriter().bytes(1, pssh)).keyIds()).isEmpty();
        }
    }

    @Test
    void everyTruncation_isNoLicenceRequest() {
        byte[] request = SampleChallenge.of(FILM, TRAILER).encryptedFor(SERIAL).bytes();
        int end = request.length - SampleChallenge.SIGNATURE;
        for (int length = 0; length < end; length++) {
            assertThat(refusal(Arrays.copyOf(request, length)))
                    .as("cut after %s", length)
                    .doesNotStartWith("read as ");
        }
        assertThat(ChallengeReader.read(Arrays.copyOf(request, end)).keyIds()).containsExactly(FILM, TRAILER);
    }

    @Test
    void everyFlippedBit_isReadOrRefused() {
        byte[] request = SampleChallenge.of(FILM).offline().encryptedFor(SERIAL).bytes();
        for (int bit = 0; bit < request.length * 8; bit++) {
            byte[] flipped = request.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            readOrRefuse(flipped);
        }
    }

    @Test
    void randomChanges_areReadOrRefused() {
        RepeatableRandom random = new RepeatableRandom(20_261_123);
        byte[] request = SampleChallenge.of(FILM, TRAILER).encryptedFor(SERIAL).bytes();
        byte[] one = new byte[4];
        for (int round = 0; round < 50_000; round++) {
            byte[] changed = round % 2 == 0 ? request.clone() : new byte[1 + round % 40];
            if (round % 2 != 0) {
                random.nextBytes(changed);
                changed[0] = 8;
            }
            random.nextBytes(one);
            for (byte part : one) {
                changed[Math.floorMod(part * 31 + round, changed.length)] = part;
            }
            readOrRefuse(changed);
        }
    }

    private static Challenge read(ProtoWriter cenc) {
        return readContent(new ProtoWriter().message(1, cenc));
    }

    private static Challenge readContent(ProtoWriter content) {
        return ChallengeReader.read(
                SampleChallenge.signed(new ProtoWriter().message(2, content)).toByteArray());
    }

    private static Challenge readInitData(byte[] data) {
        return readContent(new ProtoWriter().message(4, new ProtoWriter().bytes(2, data)));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] padded(byte[] request, int length) {
        // An unknown field with a tag of one byte and a length of three.
        int rest = length - request.length - 4;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(request);
        out.writeBytes(new ProtoWriter().bytes(15, new byte[rest]).toByteArray());
        assertThat(out.size()).isEqualTo(length);
        return out.toByteArray();
    }

    private static void readOrRefuse(byte[] message) {
        try {
            assertThat(ChallengeReader.read(message).kind()).isNotNull();
        } catch (TokenException e) {
            assertNoRequest(e);
        }
    }

    private static String refusal(byte[] message) {
        try {
            return "read as " + ChallengeReader.read(message);
        } catch (TokenException e) {
            assertNoRequest(e);
            return e.reason();
        }
    }

    private static void assertNoRequest(TokenException refusal) {
        assertThat(refusal.code()).isEqualTo(ErrorCode.LICENSE_GENERATION_FAILED);
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.details()).isEqualTo("no licence request");
    }
}
