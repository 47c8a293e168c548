package org.azekura.engine.seal;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.azekura.engine.format.Sha256;

/**
 * The key that opens a pool's key ring: an X-Wing key, kept as its seed. Who has it can read the whole pool.
 *
 * @param seed {@value #BYTES} secret bytes
 */
public record RecipientKey(byte[] seed) {

    /** Size of the seed. */
    public static final int BYTES = XWing.SEED_BYTES;

    /** @throws IllegalArgumentException if there are not exactly {@value #BYTES} bytes */
    public RecipientKey {
        if (seed.length != BYTES) {
            throw new IllegalArgumentException("a recipient key has " + BYTES + " bytes, not " + seed.length);
        }
        seed = seed.clone();
    }

    /** A fresh key. */
    public static RecipientKey generate() {
        return generate(new SecureRandom());
    }

    static RecipientKey generate(SecureRandom random) {
        byte[] seed = new byte[BYTES];
        random.nextBytes(seed);
        return new RecipientKey(seed);
    }

    @Override
    public byte[] seed() {
        return seed.clone();
    }

    /** What others close things with. Takes about a millisecond. */
    public byte[] publicKey() {
        return XWing.publicKey(seed);
    }

    /** Names the key without telling it: 16 hexadecimal digits. */
    public String id() {
        return id(publicKey());
    }

    static String id(byte[] publicKey) {
        return HexFormat.of().formatHex(Sha256.of(publicKey), 0, 8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecipientKey key && Arrays.equals(seed, key.seed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(seed);
    }

    /** Its id: a secret must not get into a log. */
    @Override
    public String toString() {
        return "recipient key " + id();
    }
}
