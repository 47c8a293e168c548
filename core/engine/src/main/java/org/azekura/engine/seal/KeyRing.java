package org.azekura.engine.seal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import javax.crypto.AEADBadTagException;
import org.azekura.api.BackupException;

/**
 * A pool's secrets, closed for its recipients. Immutable; can be read by anybody and opened by a recipient.
 *
 * <p>Nothing but the recipient's opening proves that a ring is genuine: take the epoch's public key only from a ring of a source you trust.
 */
public final class KeyRing {

    /** No ring is longer. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAGIC = 0x415a4b52; // AZKR
    private static final int VERSION = 0;
    private static final int HEAD_BYTES = Integer.BYTES + Short.BYTES + Integer.BYTES + XWing.PUBLIC_BYTES;
    private static final int MAX_RECIPIENTS = 64;
    private static final int MAX_EPOCHS = 1024;

    private final byte[] encoded;
    private final int epoch;
    private final byte[] epochPublicKey;
    private final List<Recipient> recipients;
    private final ByteBuffer bound;
    private final byte[] nonce;
    private final ByteBuffer sealed;

    private record Recipient(String id, byte[] box) {}

    private KeyRing(byte[] encoded) throws BackupException {
        this.encoded = encoded;
        ByteBuffer from = ByteBuffer.wrap(encoded, 0, encoded.length - Integer.BYTES);
        if (from.getInt() != MAGIC) {
            throw corrupt("it does not begin with AZKR");
        }
        int version = from.getShort() & 0xffff;
        if (version != VERSION) {
            throw corrupt("version " + version + ", expected " + VERSION);
        }
        epoch = from.getInt();
        epochPublicKey = take(from, XWing.PUBLIC_BYTES);
        int count = from.getShort() & 0xffff;
        if (count < 1 || count > MAX_RECIPIENTS) {
            throw corrupt(count + " recipients, expected 1 to " + MAX_RECIPIENTS);
        }
        recipients = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            recipients.add(new Recipient(RecipientKey.id(take(from, XWing.PUBLIC_BYTES)), take(from, Box.BYTES)));
        }
        nonce = take(from, Gcm.NONCE_BYTES);
        int length = from.getInt();
        bound = ByteBuffer.wrap(encoded, 0, from.position()).slice();
        if (length != from.remaining()) {
            throw corrupt("sealed part of " + Integer.toUnsignedString(length) + " bytes, expected " + from.remaining());
        }
        sealed = from.slice();
    }

    /**
     * A new ring for one recipient: a new id key and epoch 1.
     *
     * @throws IllegalArgumentException if this is no public key
     */
    public static KeyRing create(byte[] recipientPublicKey) {
        return create(recipientPublicKey, new SecureRandom());
    }

    static KeyRing create(byte[] recipientPublicKey, SecureRandom random) {
        byte[] idKey = random(random, Gcm.KEY_BYTES);
        byte[] seed = random(random, XWing.SEED_BYTES);
        byte[] ringKey = random(random, Gcm.KEY_BYTES);
        byte[] nonce = random(random, Gcm.NONCE_BYTES);
        byte[] secrets = ByteBuffer.allocate(Gcm.KEY_BYTES + Short.BYTES + Integer.BYTES + XWing.SEED_BYTES)
                .put(idKey).putShort((short) 1).putInt(1).put(seed).array();
        int boundBytes = HEAD_BYTES + Short.BYTES + XWing.PUBLIC_BYTES + Box.BYTES + Gcm.NONCE_BYTES + Integer.BYTES;
        int sealedBytes = secrets.length + Gcm.TAG_BYTES;
        ByteBuffer to = ByteBuffer.allocate(boundBytes + sealedBytes + Integer.BYTES);
        to.putInt(MAGIC).putShort((short) VERSION).putInt(1).put(XWing.publicKey(seed));
        byte[] head = Arrays.copyOf(to.array(), HEAD_BYTES);
        to.putShort((short) 1).put(recipientPublicKey).put(Box.RECIPIENT.close(recipientPublicKey, head, ringKey, random));
        to.put(nonce).putInt(sealedBytes);
        to.put(Gcm.sealing(ringKey, nonce, Arrays.copyOf(to.array(), boundBytes)).seal(secrets));
        to.putInt(checksum(to.array()));
        try {
            return new KeyRing(to.array());
        } catch (BackupException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] random(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** @throws BackupException {@code keyring.corrupt} */
    public static KeyRing parse(byte[] encoded) throws BackupException {
        if (encoded.length < HEAD_BYTES || encoded.length > MAX_BYTES) {
            throw corrupt(encoded.length + " bytes, expected " + HEAD_BYTES + " to " + MAX_BYTES);
        }
        int found = ByteBuffer.wrap(encoded).getInt(encoded.length - Integer.BYTES);
        int expected = checksum(encoded);
        if (found != expected) {
            throw corrupt("checksum %08x, expected %08x".formatted(found, expected));
        }
        try {
            return new KeyRing(encoded.clone());
        } catch (BufferUnderflowException e) {
            throw corrupt("it ends early");
        }
    }

    public byte[] encoded() {
        return encoded.clone();
    }

    /** The epoch in which new sessions are sealed; the first is 1. */
    public int epoch() {
        return epoch;
    }

    /** What new sessions are sealed with. */
    public byte[] epochPublicKey() {
        return epochPublicKey.clone();
    }

    /** The ids of the keys that open this ring. */
    public List<String> recipients() {
        return recipients.stream().map(Recipient::id).toList();
    }

    /**
     * Opens the ring.
     *
     * @throws BackupException {@code key.wrong} if the key is no recipient's, {@code keyring.corrupt} if what it opens is not sound
     */
    public PoolKeys unlock(RecipientKey key) throws BackupException {
        String id = key.id();
        Recipient recipient = recipients.stream().filter(r -> r.id().equals(id)).findFirst().orElse(null);
        if (recipient == null) {
            throw BackupException.operator("key.wrong", id, "this key ring opens with key " + String.join(" or ", recipients())
                    + ", not with key " + id);
        }
        try {
            byte[] ringKey = Box.RECIPIENT.open(key.seed(), Arrays.copyOf(encoded, HEAD_BYTES), recipient.box());
            byte[] associated = take(bound.duplicate(), bound.capacity());
            return secrets(Gcm.opening(ringKey, nonce, associated).open(sealed));
        } catch (AEADBadTagException | BufferUnderflowException e) {
            throw corrupt("it does not open with key " + id + ", for which it was made");
        }
    }

    private PoolKeys secrets(byte[] plain) throws BackupException {
        ByteBuffer from = ByteBuffer.wrap(plain);
        byte[] idKey = take(from, Gcm.KEY_BYTES);
        int count = from.getShort() & 0xffff;
        if (count < 1 || count > MAX_EPOCHS) {
            throw corrupt(count + " epochs, expected 1 to " + MAX_EPOCHS);
        }
        SortedMap<Integer, byte[]> seeds = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            seeds.put(from.getInt(), take(from, XWing.SEED_BYTES));
        }
        byte[] current = seeds.get(epoch);
        if (from.hasRemaining() || current == null || !Arrays.equals(XWing.publicKey(current), epochPublicKey)) {
            throw corrupt("its epoch " + epoch + " is not among what is sealed in it");
        }
        return new PoolKeys(idKey, seeds);
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static int checksum(byte[] encoded) {
        CRC32C crc = new CRC32C();
        crc.update(encoded, 0, encoded.length - Integer.BYTES);
        return (int) crc.getValue();
    }

    private static BackupException corrupt(String what) {
        return BackupException.corrupt("keyring.corrupt", "", "key ring: " + what);
    }
}
