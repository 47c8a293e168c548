package org.azekura.engine.seal;

import java.security.SecureRandom;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMExtractor;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMGenerator;
import org.bouncycastle.pqc.crypto.xwing.XWingKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingKeyPairGenerator;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;

/** X-Wing over byte arrays. Bouncy Castle's classes are called directly: a registered provider would pin this bundle's class loader. */
final class XWing {

    static final int SEED_BYTES = 32;
    static final int PUBLIC_BYTES = 1216;
    static final int ENCAPSULATION_BYTES = 1120;

    private XWing() {}

    static byte[] publicKey(byte[] seed) {
        XWingKeyPairGenerator generator = new XWingKeyPairGenerator();
        generator.init(new XWingKeyGenerationParameters(new Seed(seed)));
        return ((XWingPublicKeyParameters) generator.generateKeyPair().getPublic()).getEncoded();
    }

    /** @throws IllegalArgumentException if this is no public key */
    static SecretWithEncapsulation encapsulate(byte[] publicKey, SecureRandom random) {
        try {
            return new XWingKEMGenerator(random).generateEncapsulated(new XWingPublicKeyParameters(publicKey));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not an X-Wing public key: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if this is no encapsulation at all; one for another key gives another secret */
    static byte[] decapsulate(byte[] seed, byte[] encapsulation) {
        try {
            return new XWingKEMExtractor(new XWingPrivateKeyParameters(seed)).extractSecret(encapsulation);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not an X-Wing encapsulation: " + e.getMessage(), e);
        }
    }

    /** The generator takes its seed from a source of randomness only, so a known seed has to come as one. */
    private static final class Seed extends SecureRandom {

        private static final long serialVersionUID = 1;

        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("the generator asks for " + bytes.length + " bytes, expected " + seed.length);
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
