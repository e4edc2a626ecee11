package io.playgrant.license.cloud;

import io.playgrant.protobuf.ProtoWriter;
import java.util.HexFormat;

/** Service certificates of nobody. */
public final class SampleCertificate {

    private SampleCertificate() {}

    /** One with this serial number, in hexadecimal. */
    public static ServiceCertificate of(String serial) {
        return ServiceCertificate.read(signedMessage(serial));
    }

    /** The answer to a player's request. */
    public static byte[] signedMessage(String serial) {
        return new ProtoWriter()
                .number(1, 5)
                .bytes(2, signedCertificate(serial))
                .toByteArray();
    }

    /** As players take it for setServerCertificate. */
    public static byte[] signedCertificate(String serial) {
        return signed(new ProtoWriter()
                .number(1, 3)
                .bytes(2, HexFormat.of().parseHex(serial))
                .number(3, 1_767_225_600)
                .bytes(4, new byte[270]));
    }

    static byte[] signed(ProtoWriter certificate) {
        return new ProtoWriter().message(1, certificate).bytes(2, new byte[256]).toByteArray();
    }
}
