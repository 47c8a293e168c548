package org.azekura.api.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.azekura.api.BackupException;

/** The keys of hosts: P-256. A private key never leaves the host that made it. */
public final class HostKeys {

    /** Of the X.509 form of a public key; P-521 has 158. */
    private static final int MAX_BYTES = 512;
    private static final int LEAST_BITS = 256;
    private static final String SIGNATURE = "SHA256withECDSA";

    private HostKeys() {}

    /** A new one. */
    public static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param bytes X.509 form
     * @throws BackupException {@code identity.key}
     */
    public static PublicKey decode(byte[] bytes) throws BackupException {
        if (bytes.length > MAX_BYTES) {
            throw wrong("it has " + bytes.length + " bytes");
        }
        try {
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(bytes));
            if (!isStrong(key)) {
                throw wrong("it is shorter");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw wrong(e.getMessage());
        }
    }

    /** Whether it is a key that certificates are made for. */
    public static boolean isStrong(PublicKey key) {
        return key instanceof ECPublicKey curve && curve.getParams().getCurve().getField().getFieldSize() >= LEAST_BITS;
    }

    private static BackupException wrong(String why) {
        return BackupException.operator("identity.key", "", "a host's key is one of an elliptic curve of " + LEAST_BITS + " bits or more, X.509 form; this is"
                + " none: " + why);
    }

    public static byte[] sign(PrivateKey key, byte[] message) throws BackupException {
        try {
            Signature signature = Signature.getInstance(SIGNATURE);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw BackupException.bug("the key of this host", e);
        }
    }

    /** Whether the holder of this key signed that. */
    public static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(SIGNATURE);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
