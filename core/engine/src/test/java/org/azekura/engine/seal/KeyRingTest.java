package org.azekura.engine.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.engine.Golden;
import org.azekura.engine.Seeded;
import org.azekura.engine.format.FormatVersion;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static final RecipientKey KEY = RecipientKey.generate(Seeded.notSecure(1));
    private static final RecipientKey OWNER = RecipientKey.generate(Seeded.notSecure(3));
    private static final KeyRing RING = KeyRing.create(List.of(Recipient.of("appliance", KEY)), Seeded.notSecure(2));

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
        assertEquals(1, read.number());
        assertEquals(List.of(new Recipient("appliance", KEY.publicKey())), read.recipients());
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
            assertTrue(List.of("keyring.corrupt", "key.wrong", FormatVersion.CODE).contains(e.failure().code()), e.getMessage());
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
                byte[] any = bytes.length < 4 ? bytes : stamped(bytes);
                BackupException e = assertThrows(BackupException.class, () -> KeyRing.parse(any).unlock(KEY));
                assertTrue(e.failure().code().equals("keyring.corrupt") || FormatVersion.isOther(e), e::getMessage);
            }
        });
        corrupt(new byte[KeyRing.MAX_BYTES + 1]);
        // a length below zero that is right by its sum
        byte[] whole = RING.encoded();
        int length = whole.length - Integer.BYTES - RingDraft.PROOF_BYTES - (32 + 2 + 4 + 32 + 16) - Integer.BYTES;
        byte[] cut = Arrays.copyOf(whole, length + 3 * Integer.BYTES);
        ByteBuffer.wrap(cut).putInt(length, Integer.BYTES - RingDraft.PROOF_BYTES);
        corrupt(stamped(cut));
    }

    @Test
    void sessionsOpenWithTheRingOfTheirEpochOnly() throws BackupException {
        byte[] sealedKey;
        try (Sealer sealer = Sealer.open(1, RING.epochPublicKey())) {
            sealedKey = sealer.sealedKey();
            assertEquals(sealer.session(), RING.unlock(KEY).session(sealedKey).session());
        }
        PoolKeys other = KeyRing.create(List.of(Recipient.of("a", KEY))).unlock(KEY);
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
        newer[1]++;
        assertThrows(BackupException.class, () -> keys.session(newer));
    }

    @Test
    void oneMoreRecipientOpensAllEpochs() throws BackupException {
        KeyRing next = RING.with(RING.unlock(KEY), Recipient.of("Ann's safe", OWNER));
        next.requireAfter(RING);
        assertEquals(2, next.number());
        assertEquals(1, next.epoch());
        assertArrayEquals(RING.epochPublicKey(), next.epochPublicKey());
        assertEquals("Ann's safe", KeyRing.parse(next.encoded()).recipient(OWNER.id()).name());
        try (Sealer sealer = Sealer.open(RING.epoch(), RING.epochPublicKey())) {
            for (RecipientKey key : List.of(KEY, OWNER)) {
                assertEquals(sealer.session(), next.unlock(key).session(sealer.sealedKey()).session());
                assertArrayEquals(RING.unlock(KEY).idKey(), next.unlock(key).idKey());
            }
        }
        KeyRing renamed = next.with(next.unlock(OWNER), Recipient.of("vault", OWNER));
        assertEquals(List.of("appliance", "vault"), renamed.recipients().stream().map(Recipient::name).toList());
    }

    @Test
    void aRevokedKeyOpensNothingNew() throws BackupException {
        KeyRing both = RING.with(RING.unlock(KEY), Recipient.of("owner", OWNER));
        KeyRing next = both.without(both.unlock(KEY), OWNER.id());
        next.requireAfter(both);
        assertEquals(2, next.epoch());
        assertEquals("key.wrong", code(() -> next.unlock(OWNER)));
        PoolKeys revoked = KeyRing.unlockNewest(List.of(RING, next, both), OWNER);
        PoolKeys stays = KeyRing.unlockNewest(List.of(RING, next, both), KEY);
        assertEquals(Set.of(1), revoked.epochs());
        assertEquals(Set.of(1, 2), stays.epochs());
        assertEquals(revoked.mark(), stays.mark());
        try (Sealer before = Sealer.open(both.epoch(), both.epochPublicKey()); Sealer after = Sealer.open(next.epoch(), next.epochPublicKey())) {
            assertEquals(before.session(), revoked.session(before.sealedKey()).session());
            assertEquals("key.epoch", code(() -> revoked.session(after.sealedKey())));
            assertEquals(before.session(), stays.session(before.sealedKey()).session());
            assertEquals(after.session(), stays.session(after.sealedKey()).session());
            // an epoch seed is not that of another epoch, whatever number is written on the session
            byte[] relabelled = after.sealedKey();
            relabelled[5] = 1;
            assertEquals("session.corrupt", code(() -> revoked.session(relabelled)));
        }
    }

    @Test
    void theLastRecipientAndStrangersCannotBeRemoved() throws BackupException {
        PoolKeys keys = RING.unlock(KEY);
        assertEquals("recipient.last", code(() -> RING.without(keys, KEY.id())));
        assertEquals("recipient.unknown", code(() -> RING.without(keys, OWNER.id())));
    }

    @Test
    void ringsFollowEachOtherWithoutGap() throws BackupException {
        PoolKeys keys = RING.unlock(KEY);
        KeyRing second = RING.with(keys, Recipient.of("owner", OWNER));
        KeyRing third = second.without(keys, OWNER.id());
        for (KeyRing wrong : List.of(RING, third, KeyRing.create(List.of(Recipient.of("a", KEY))))) {
            assertEquals("keyring.order", code(() -> wrong.requireAfter(RING)));
        }
        // number two, of the same epoch, but without the one who was there
        SortedMap<Integer, byte[]> seeds = keys.epochSeeds();
        KeyRing silent = KeyRing.parse(new RingDraft(2, List.of(Recipient.of("owner", OWNER)), keys.idKey(), seeds).encoded(Seeded.notSecure(5)));
        assertEquals("keyring.order", code(() -> silent.requireAfter(RING)));
    }

    @Test
    void whoOnlyStoresRingsCannotMakeOne() throws BackupException {
        KeyRing forged = KeyRing.create(RING.recipients());
        assertTrue(RING.isMadeWith(RING.unlock(KEY).idKey()));
        assertFalse(forged.isMadeWith(RING.unlock(KEY).idKey()));
        assertNotEquals(RING.unlock(KEY).mark(), forged.unlock(KEY).mark());
    }

    @Test
    void aPublicKeyIsWrittenAsItAlwaysWas() throws BackupException {
        Golden.check("public.key", Recipient.of("Ann's safe", OWNER).text().getBytes(StandardCharsets.UTF_8));
        assertEquals(Recipient.of("Ann's safe", OWNER), Recipient.parse(new String(Golden.read("public.key"), StandardCharsets.UTF_8)));
    }

    @Test
    void publicKeysTravelAsText() throws BackupException {
        Recipient ann = Recipient.of("Ann's safe \u00e4", OWNER);
        assertEquals(ann, Recipient.parse(ann.text().replace("\n", "\r\n")));
        assertEquals("publickey.corrupt", code(() -> Recipient.parse(ann.text().replace("Ann", "Bob"))));
        assertEquals("publickey.corrupt", code(() -> Recipient.parse(RecoveryFile.owner(OWNER).text())));
        for (String name : List.of("", " a", "a\nb", "x".repeat(64))) {
            assertThrows(IllegalArgumentException.class, () -> new Recipient(name, ann.publicKey()));
        }
    }

    private static String code(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(BackupException.class, call).failure().code();
    }

    @Test
    void secretsDoNotShowInText() throws BackupException {
        String seed = HexFormat.of().formatHex(KEY.seed());
        assertFalse(KEY.toString().contains(seed));
        assertFalse(RecoveryFile.of(new org.azekura.api.PoolName("p"), KEY, RING).toString().contains(seed.substring(0, 8)));
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
