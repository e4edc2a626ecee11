package io.playgrant.license.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.playgrant.protobuf.ProtoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceCertificateTest {

    private static final String SERIAL = "00112233445566778899aabbccddeeff";
    private static final byte[] SIGNED_MESSAGE = SampleCertificate.signedMessage(SERIAL);
    private static final byte[] SIGNED_CERTIFICATE = SampleCertificate.signedCertificate(SERIAL);

    @Test
    void bothForms_giveBothForms() {
        for (byte[] form : List.of(SIGNED_MESSAGE, SIGNED_CERTIFICATE)) {
            ServiceCertificate certificate = ServiceCertificate.read(form);

            assertThat(certificate.serial()).isEqualTo(SERIAL);
            assertThat(certificate.signedMessage()).isEqualTo(SIGNED_MESSAGE);
            assertThat(certificate.forSetServerCertificate()).isEqualTo(SIGNED_CERTIFICATE);
        }
    }

    @Test
    void answerWithMoreFields_isKeptAsItIs() {
        byte[] answer = new ProtoWriter()
                .number(1, 5)
                .bytes(2, SIGNED_CERTIFICATE)
                .bytes(3, new byte[20])
                .toByteArray();

        assertThat(ServiceCertificate.read(answer).signedMessage()).isEqualTo(answer);
    }

    @Test
    void otherMessages_areNoCertificate() {
        byte[] serial = new byte[16];
        byte[] key = new byte[270];
        for (byte[] other : List.of(
                new byte[] {8, 5},
                new byte[] {8, 4},
                new ProtoWriter().number(1, 2).bytes(2, SIGNED_CERTIFICATE).toByteArray(),
                SampleCertificate.signed(
                        new ProtoWriter().number(1, 2).bytes(2, serial).bytes(4, key)),
                SampleCertificate.signed(new ProtoWriter().number(1, 3).bytes(4, key)),
                SampleCertificate.signed(
                        new ProtoWriter().number(1, 3).bytes(2, new byte[0]).bytes(4, key)),
                SampleCertificate.signed(
                        new ProtoWriter().number(1, 3).bytes(2, new byte[65]).bytes(4, key)),
                SampleCertificate.signed(new ProtoWriter().number(1, 3).bytes(2, serial)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ServiceCertificate.read(other))
                    .withMessage("it is another kind of message");
        }
    }

    @Test
    void otherBytes_areNoCertificate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceCertificate.read(Arrays.copyOf(SIGNED_MESSAGE, 100)))
                .withMessage("it is no Protocol Buffers message, or was cut");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceCertificate.read(new byte[16_385]))
                .withMessage("it has 16385 bytes");
    }

    @Test
    void file_holdsItAsBytesOrAsText(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("certificate");
        for (byte[] content : List.of(
                SIGNED_MESSAGE,
                SIGNED_CERTIFICATE,
                Base64.getEncoder().encode(SIGNED_MESSAGE),
                Base64.getMimeEncoder().encode(SIGNED_CERTIFICATE))) {
            Files.write(file, content);

            assertThat(ServiceCertificate.readFile(file).signedMessage()).isEqualTo(SIGNED_MESSAGE);
        }
        Files.write(file, new byte[40_000]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceCertificate.readFile(file))
                .withMessage("it has 40000 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "'', it is another kind of message",
        "CAQ=, it is another kind of message",
        "CAQ, it is another kind of message",
        "none, 'it is no Protocol Buffers message, or was cut'",
        "no certificate, it is neither a Protocol Buffers message nor base64",
        "x, it is neither a Protocol Buffers message nor base64",
        "CAQ=CAQ=, it is neither a Protocol Buffers message nor base64"
    })
    void fileWithoutACertificate_isRefusedWithAReasonOfOurs(String content, String reason, @TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("certificate"), content);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceCertificate.readFile(file))
                .withMessage(reason)
                .withNoCause();
    }
}
