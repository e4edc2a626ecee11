package io.playgrant.cli.dev;

import io.playgrant.license.cloud.ServiceCertificate;
import io.playgrant.protobuf.ProtoWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Makes service certificates that sign themselves. Players refuse them, because Google has not signed them. */
final class StandInCertificate {

    /** One for the process: many stand-ins may be started in one, and making a key takes long. */
    private static final class Keys {

        private static final KeyPair PAIR = make();

        private static KeyPair make() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(KEY_BITS);
                return generator.generateKeyPair();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final int KEY_BITS = 2048;
    private static final int SERIAL_LENGTH = 16;
    private static final int SERVICE = 3;

    private StandInCertificate() {}

    static ServiceCertificate make(String provider, SecureRandom random, Instant now) {
        try {
            byte[] serial = new byte[SERIAL_LENGTH];
            random.nextBytes(serial);
            byte[] certificate = new ProtoWriter()
                    .number(1, SERVICE)
                    .bytes(2, serial)
                    .number(3, now.getEpochSecond())
                    .bytes(4, pkcs1(Keys.PAIR))
                    .bytes(7, provider.getBytes(StandardCharsets.UTF_8))
                    .toByteArray();
            return ServiceCertificate.read(new ProtoWriter()
                    .bytes(1, certificate)
                    .bytes(2, sign(Keys.PAIR, certificate))
                    .toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] pkcs1(KeyPair keys) {
        try {
            return SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded())
                    .parsePublicKey()
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sign(KeyPair keys, byte[] certificate) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, 20, 1));
        signature.initSign(keys.getPrivate());
        signature.update(certificate);
        return signature.sign();
    }
}
