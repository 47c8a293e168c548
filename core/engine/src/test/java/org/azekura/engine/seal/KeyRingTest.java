package org.azekura.engine.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.engine.Golden;
import org.azekura.engine.Seeded;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static final RecipientKey KEY = RecipientKey.generate(Seeded.notSecure(1));
    private static final KeyRing RING = KeyRing.create(KEY.publicKey(), Seeded.notSecure(2));

    private static void corrupt(byte[] encoded) {
        BackupException e = assertThrows(BackupException.class, () -> KeyRing.parse(encoded).unlock(KEY));
        assertEquals("keyring.corrupt", e.failure().code());
    }

    private static byte[] stamped(byte[] encoded) {
        CRC32C crc = new CRC32C();
        crc.update(encoded, 0, encoded.length - 4);
        ByteBuffer.wrap(encoded).putInt(encoded.length - 4, (int) crc.getValue());
        return encoded;
    }

    @Test
    void opensForItsRecipient() throws BackupException {
        KeyRing read = KeyRing.parse(RING.encoded());
        assertEquals(1, read.epoch());
        assertEquals(List.of(KEY.id()), read.recipients());
        assertArrayEquals(RING.epochPublicKey(), read.epochPublicKey());
        assertArrayEquals(RING.encoded(), read.encoded());
        PoolKeys keys = read.unlock(KEY);
        assertEquals(32, keys.idKey().length);
        assertArrayEquals(RING.unlock(KEY).idKey(), keys.idKey());
    }

    @Test
    void isWrittenAsItAlwaysWas() throws BackupException {
        Golden.check("key.ring", RING.encoded());
        assertArrayEquals(RING.unlock(KEY).idKey(), KeyRing.parse(Golden.read("key.ring")).unlock(KEY).idKey());
    }

    @Test
    void namesTheKeysForAWrongOne() {
        RecipientKey other = RecipientKey.generate();
        BackupException e = assertThrows(BackupException.class, () -> RING.unlock(other));
        assertEquals("key.wrong", e.failure().code());
        assertTrue(e.getMessage().contains(KEY.id()) && e.getMessage().contains(other.id()), e.getMessage());
    }

    @Test
    void everyFlippedByteIsFound() {
        for (int at = 0; at < RING.encoded().length; at++) {
            byte[] flipped = RING.encoded();
            flipped[at] ^= 1;
            corrupt(flipped);
        }
    }

    /** With the checksum made right: nothing but the keys protects. Every 13th byte, as each opening takes a while. */
    @Test
    void everyForgedByteIsFound() {
        int length = RING.encoded().length - 4;
        for (int at = 0; at < length; at += at < 20 ? 1 : 13) {
            byte[] forged = RING.encoded();
            forged[at] ^= 1;
            BackupException e = assertThrows(BackupException.class, () -> KeyRing.parse(stamped(forged)).unlock(KEY));
            assertTrue(List.of("keyring.corrupt", "key.wrong").contains(e.failure().code()), e.getMessage());
        }
    }

    @Test
    void anythingElseIsRefusedInBoundedMemory() {
        Seeded.run(random -> {
            for (int i = 0; i < 1_000; i++) {
                byte[] bytes = Arrays.copyOf(RING.encoded(), random.nextInt(RING.encoded().length));
                if (random.nextBoolean() && bytes.length > 10) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                corrupt(bytes.length < 4 ? bytes : stamped(bytes));
            }
        });
        corrupt(new byte[KeyRing.MAX_BYTES + 1]);
    }

    @Test
    void sessionsOpenWithTheRingOfTheirEpochOnly() throws BackupException {
        byte[] sealedKey;
        try (Sealer sealer = Sealer.open(1, RING.epochPublicKey())) {
            sealedKey = sealer.sealedKey();
            assertEquals(sealer.session(), RING.unlock(KEY).session(sealedKey).session());
        }
        PoolKeys other = KeyRing.create(KEY.publicKey()).unlock(KEY);
        assertEquals("session.corrupt", assertThrows(BackupException.class, () -> other.session(sealedKey)).failure().code());
        try (Sealer later = Sealer.open(2, RING.epochPublicKey())) {
            PoolKeys keys = RING.unlock(KEY);
            assertEquals("key.epoch", assertThrows(BackupException.class, () -> keys.session(later.sealedKey())).failure().code());
        }
        PoolKeys keys = RING.unlock(KEY);
        for (int at = 6; at < sealedKey.length; at += 41) {
            byte[] forged = sealedKey.clone();
            forged[at] ^= 1;
            assertEquals("session.corrupt", assertThrows(BackupException.class, () -> keys.session(forged)).failure().code());
        }
        assertThrows(BackupException.class, () -> keys.session(new byte[5]));
        byte[] newer = sealedKey.clone();
        newer[1] = 1;
        assertThrows(BackupException.class, () -> keys.session(newer));
    }

    @Test
    void secretsDoNotShowInText() throws BackupException {
        String seed = HexFormat.of().formatHex(KEY.seed());
        assertFalse(KEY.toString().contains(seed));
        assertFalse(new RecoveryFile(new org.azekura.api.PoolName("p"), KEY, RING.encoded()).toString().contains(seed.substring(0, 8)));
        assertEquals("keys of epochs [1]", RING.unlock(KEY).toString());
    }

    @Test
    void recipientKeysAreItsSeeds() {
        assertEquals(new RecipientKey(KEY.seed()), KEY);
        assertEquals(KEY.id(), new RecipientKey(KEY.seed()).id());
        assertEquals(XWing.PUBLIC_BYTES, KEY.publicKey().length);
        assertThrows(IllegalArgumentException.class, () -> new RecipientKey(new byte[31]));
    }
}
