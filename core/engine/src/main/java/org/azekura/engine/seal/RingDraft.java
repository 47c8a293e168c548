package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.zip.CRC32C;
import org.azekura.engine.format.FormatVersion;

/**
 * What a new ring consists of.
 *
 * @param number of the ring
 */
record RingDraft(int number, List<Recipient> recipients, byte[] idKey, SortedMap<Integer, byte[]> epochSeeds) {

    static final int MAGIC = 0x415a4b52; // AZKR
    static final int VERSION = FormatVersion.FIRST;
    static final int HEAD_BYTES = Integer.BYTES + Short.BYTES + 2 * Integer.BYTES + XWing.PUBLIC_BYTES;
    static final int MAX_RECIPIENTS = 64;
    static final int MAX_EPOCHS = 1024;
    static final int PROOF_BYTES = 32;

    private static final byte[] PROOF = "azekura key ring".getBytes(US_ASCII);

    /** @throws IllegalArgumentException if a recipient's key is no public key, or there are too many of something */
    byte[] encoded(SecureRandom random) {
        if (recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS || epochSeeds.size() > MAX_EPOCHS) {
            throw new IllegalArgumentException("a key ring has 1 to " + MAX_RECIPIENTS + " recipients and at most " + MAX_EPOCHS
                    + " epochs, not " + recipients.size() + " and " + epochSeeds.size());
        }
        byte[] ringKey = random(random, Gcm.KEY_BYTES);
        byte[] nonce = random(random, Gcm.NONCE_BYTES);
        byte[] secrets = secrets();
        ByteBuffer to = ByteBuffer.allocate(KeyRing.MAX_BYTES);
        to.putInt(MAGIC).putShort((short) VERSION).putInt(number).putInt(epochSeeds.lastKey());
        to.put(XWing.publicKey(epochSeeds.get(epochSeeds.lastKey())));
        byte[] head = Arrays.copyOf(to.array(), HEAD_BYTES);
        to.putShort((short) recipients.size());
        for (Recipient recipient : recipients) {
            byte[] name = recipient.name().getBytes(UTF_8);
            to.put(recipient.publicKey()).put((byte) name.length).put(name);
            to.put(Box.RECIPIENT.close(recipient.publicKey(), head, ringKey, random));
        }
        to.put(nonce).putInt(secrets.length + Gcm.TAG_BYTES);
        to.put(Gcm.sealing(ringKey, nonce, Arrays.copyOf(to.array(), to.position())).seal(secrets));
        to.put(proof(idKey, Arrays.copyOf(to.array(), to.position())));
        byte[] encoded = Arrays.copyOf(to.array(), to.position() + Integer.BYTES);
        ByteBuffer.wrap(encoded).putInt(to.position(), checksum(encoded));
        return encoded;
    }

    private byte[] secrets() {
        ByteBuffer to = ByteBuffer.allocate(Gcm.KEY_BYTES + Short.BYTES + epochSeeds.size() * (Integer.BYTES + XWing.SEED_BYTES));
        to.put(idKey).putShort((short) epochSeeds.size());
        epochSeeds.forEach((epoch, seed) -> to.putInt(epoch).put(seed));
        return to.array();
    }

    static byte[] random(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Shows that the maker knew the id key: storage nodes and clouds don't. */
    static byte[] proof(byte[] idKey, byte[] before) {
        return PoolProof.of(idKey, PROOF, before);
    }

    /** Of all but the last four bytes. */
    static int checksum(byte[] encoded) {
        CRC32C crc = new CRC32C();
        crc.update(encoded, 0, encoded.length - Integer.BYTES);
        return (int) crc.getValue();
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "key ring " + number + " of " + recipients;
    }
}
