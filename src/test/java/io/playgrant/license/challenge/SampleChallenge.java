package io.playgrant.license.challenge;

import io.playgrant.contentkey.KeyId;
import io.playgrant.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A licence request as a player sends it: for a new licence of one key, until something about it is changed. */
public final class SampleChallenge {

    private static final byte[] CLIENT = "some client".getBytes(StandardCharsets.UTF_8);

    /** The length of the signature at the end of a challenge, which nobody here looks at. */
    public static final int SIGNATURE = 34;

    private final List<KeyId> keyIds;
    private Challenge.Kind kind = Challenge.Kind.NEW;
    private boolean offline;
    private @Nullable String certificateSerial;
    private long time = 1_767_225_600;

    private SampleChallenge(List<KeyId> keyIds) {
        this.keyIds = keyIds;
    }

    /** The request for the service certificate. */
    public static byte[] certificate() {
        return new byte[] {8, 4};
    }

    /** For these keys, in one PSSH. */
    public static SampleChallenge of(KeyId... keyIds) {
        return new SampleChallenge(List.of(keyIds));
    }

    public SampleChallenge kind(Challenge.Kind other) {
        kind = other;
        return this;
    }

    public SampleChallenge offline() {
        offline = true;
        return this;
    }

    /** Encrypted for the certificate with this serial number, in hexadecimal. */
    public SampleChallenge encryptedFor(String serial) {
        certificateSerial = serial;
        return this;
    }

    /** Sent at another time, so that it is another challenge. */
    public SampleChallenge at(long epochSecond) {
        time = epochSecond;
        return this;
    }

    /** The body that the player sends. */
    public byte[] bytes() {
        ProtoWriter request = new ProtoWriter();
        if (certificateSerial == null) {
            request.bytes(1, CLIENT);
        }
        request.message(2, content()).number(3, number(kind)).number(4, time);
        if (certificateSerial != null) {
            request.message(
                    8,
                    new ProtoWriter().bytes(1, CLIENT).bytes(2, HexFormat.of().parseHex(certificateSerial)));
        }
        return signed(request).toByteArray();
    }

    private static int number(Challenge.Kind kind) {
        return switch (kind) {
            case CERTIFICATE -> throw new IllegalArgumentException("has another type");
            case NEW -> 1;
            case RENEWAL -> 2;
            case RELEASE -> 3;
        };
    }

    /** A message of the type licence request with this content. */
    static ProtoWriter signed(ProtoWriter request) {
        return new ProtoWriter().number(1, 1).message(2, request).bytes(3, new byte[32]);
    }

    private ProtoWriter content() {
        if (kind.isAboutExisting()) {
            return new ProtoWriter().message(3, new ProtoWriter().bytes(1, new byte[16]));
        }
        return new ProtoWriter()
                .message(
                        1,
                        new ProtoWriter()
                                .message(1, pssh(keyIds))
                                .number(2, offline ? 2 : 1)
                                .bytes(3, new byte[16]));
    }

    /** The data of a PSSH box with these key ids. */
    static ProtoWriter pssh(List<KeyId> keyIds) {
        ProtoWriter pssh = new ProtoWriter().number(1, 1);
        keyIds.forEach(id -> pssh.bytes(2, id.toByteArray()));
        return pssh.bytes(4, "content".getBytes(StandardCharsets.UTF_8));
    }
}
