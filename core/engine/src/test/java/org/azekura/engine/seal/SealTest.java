package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.Golden;
import org.azekura.engine.Seeded;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Codec;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.FrameHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final ChunkId ID = new ChunkId(1, 2, 3, 4);
    private static final byte[] NONE = {};
    private static final RecipientKey KEY = RecipientKey.generate(Seeded.notSecure(1));
    private static final KeyRing RING = KeyRing.create(List.of(Recipient.of("test", KEY)), Seeded.notSecure(2));

    private final Sealer sealer = Sealer.open(null, RING.epoch(), RING.epochPublicKey(), Seeded.notSecure(3));

    @AfterEach
    void close() {
        sealer.close();
    }

    private byte[] chunkKey() throws BackupException {
        return RING.unlock(KEY).session(sealer.sealedKey()).chunkKey(ID);
    }

    private static byte[] text(int length) {
        return "All work and no play makes Jack a dull boy. ".repeat(length / 40 + 1).substring(0, length).getBytes(US_ASCII);
    }

    private static void fails(String code, Frame frame, byte[] key) {
        assertEquals(code, assertThrows(BackupException.class, () -> Unsealer.open(frame, key)).failure().code());
    }

    @Test
    void aSessionIsOfTheGroupThatItWasMadeForAndOfNoOther() throws BackupException {
        TrustGroup group = new TrustGroup(3, 4);
        byte[] sealed;
        try (Sealer of = Sealer.open(group, RING.epoch(), RING.epochPublicKey())) {
            sealed = of.sealedKey();
            assertEquals(group, SealedKey.parse(sealed).group());
            assertEquals(of.session(), SealedKey.parse(sealed).session());
            assertEquals(of.session(), RING.unlock(KEY).session(sealed).session());
        }
        assertNull(SealedKey.parse(sealer.sealedKey()).group());
        byte[] claimed = sealed.clone();
        claimed[6]++;
        assertNotEquals(SealedKey.parse(sealed).session(), SealedKey.parse(claimed).session());
        assertRefused("session.corrupt", () -> RING.unlock(KEY).session(claimed));
        byte[] silent = ByteBuffer.allocate(sealed.length - TrustGroup.BYTES).putShort((short) 1).putInt(RING.epoch()).put(sealed, 22, sealed.length - 22).array();
        assertRefused("session.corrupt", () -> RING.unlock(KEY).session(silent));
        for (int length : new int[] {0, 5, 6, 21, 22, sealed.length - 1}) {
            assertRefused("session.corrupt", () -> SealedKey.parse(Arrays.copyOf(sealed, length)));
        }
    }

    @Test
    void opensWhatItSealed() {
        Seeded.run(random -> {
            for (int i = 0; i < 60; i++) {
                int length = 1 + random.nextInt(i < 50 ? 3000 : 400_000);
                byte[] content = random.nextBoolean() ? Seeded.bytes(random, length + 20) : text(length + 20);
                byte[] clear = random.nextBoolean() ? NONE : Seeded.bytes(random, random.nextInt(100));
                ChunkKind kind = clear.length > 0 ? ChunkKind.TREE : ChunkKind.DATA;
                ByteBuffer sealed = sealer.seal(kind, ID, clear, content, 7, length, random.nextInt(5));
                try {
                    Frame frame = Frame.parse(sealed);
                    assertEquals(sealer.session(), frame.header().session());
                    assertEquals(ByteBuffer.wrap(clear), frame.clear());
                    assertArrayEquals(Arrays.copyOfRange(content, 7, 7 + length), Unsealer.open(frame, chunkKey()));
                } catch (BackupException e) {
                    throw new AssertionError(e);
                }
            }
        });
    }

    @Test
    void opensTheLargestChunk() throws BackupException {
        byte[] content = Seeded.bytes(new Random(5), 4 << 20);
        Frame frame = Frame.parse(sealer.seal(ChunkKind.DATA, ID, NONE, content, 0, content.length, 3));
        assertArrayEquals(content, Unsealer.open(frame, chunkKey()));
    }

    @Test
    void compressesOnlyWhatShrinks() throws BackupException {
        byte[] noise = Seeded.bytes(new Random(6), 1 << 20);
        byte[] repeated = noise.clone();
        for (int at = 4096; at < repeated.length; at += 4096) {
            System.arraycopy(repeated, 0, repeated, at, 4096);
        }
        assertEquals(Codec.STORED, codec(noise, 3));
        assertEquals(Codec.STORED, codec(Arrays.copyOf(noise, 1000), 3));
        assertEquals(Codec.ZSTD, codec(repeated, 3), "even bytes, but repeated");
        assertEquals(Codec.ZSTD, codec(text(1 << 20), 3));
        assertEquals(Codec.ZSTD, codec(text(1000), -1));
        assertEquals(Codec.STORED, codec(text(1 << 20), 0));
    }

    private Codec codec(byte[] content, int level) throws BackupException {
        return Frame.parse(sealer.seal(ChunkKind.DATA, ID, NONE, content, 0, content.length, level)).header().codec();
    }

    /** A holder of the node's place can make checksums right, but not the seal. */
    @Test
    void everyForgedByteIsFound() throws BackupException {
        byte[] key = chunkKey();
        byte[] sealed = sealer.seal(ChunkKind.TREE, ID, new byte[] {1, 2}, text(300), 0, 300, 3).array();
        for (int at = 0; at < sealed.length; at++) {
            byte[] forged = sealed.clone();
            forged[at] ^= 1;
            Frame.stamp(ByteBuffer.wrap(forged));
            Frame frame;
            try {
                frame = Frame.parse(ByteBuffer.wrap(forged));
            } catch (BackupException e) {
                continue;
            }
            boolean checksum = at >= FrameHeader.ENCODED_BYTES && at < Frame.HEADER_BYTES;
            if (checksum) {
                assertArrayEquals(text(300), Unsealer.open(frame, key));
            } else {
                fails("chunk.key", frame, key);
            }
        }
    }

    @Test
    void anotherKeyOpensNothing() throws BackupException {
        Frame frame = Frame.parse(sealer.seal(ChunkKind.DATA, ID, NONE, text(100), 0, 100, 3));
        fails("chunk.key", frame, RING.unlock(KEY).session(sealer.sealedKey()).chunkKey(new ChunkId(1, 2, 3, 5)));
        fails("chunk.key", frame, new byte[32]);
        fails("chunk.key", frame, new byte[5]);
    }

    /** The seal is good, so it is the client who lied. */
    @Test
    void lengthsThatDoNotFitTheContentAreFound() throws BackupException {
        byte[] key = chunkKey();
        byte[] nonce = new byte[12];
        for (byte[] packed : new byte[][] {Zstd.compress(text(99)), Zstd.compress(text(101)),
            Zstd.compress(new byte[1 << 20]), text(50)}) {
            FrameHeader header = new FrameHeader(ID, ChunkKind.DATA, Codec.ZSTD, 100, 0, packed.length + 28, sealer.session());
            ByteBuffer sealed = ByteBuffer.allocate(packed.length + 28).put(nonce)
                    .put(Gcm.sealing(key, nonce, header.encoded(), NONE).seal(packed)).flip();
            fails("chunk.corrupt", new Frame(header, ByteBuffer.allocate(0), sealed), key);
        }
    }

    @Test
    void equalChunksLookDifferent() {
        ByteBuffer one = sealer.seal(ChunkKind.DATA, ID, NONE, text(100), 0, 100, 3);
        assertNotEquals(one, sealer.seal(ChunkKind.DATA, ID, NONE, text(100), 0, 100, 3));
    }

    @Test
    void servesManyThreadsAtOnce() {
        byte[] content = text(200_000);
        long good = IntStream.range(0, 64).parallel().filter(i -> {
            ByteBuffer frame = sealer.seal(ChunkKind.DATA, ID, NONE, content, i, 100_000 + i, 3);
            try {
                return Arrays.equals(Arrays.copyOfRange(content, i, 100_000 + 2 * i), Unsealer.open(Frame.parse(frame), chunkKey()));
            } catch (BackupException e) {
                return false;
            }
        }).count();
        assertEquals(64, good);
    }

    @Test
    void sealsNothingOnceClosed() {
        sealer.close();
        assertThrows(IllegalStateException.class, () -> sealer.seal(ChunkKind.DATA, ID, NONE, text(9), 0, 9, 3));
    }

    @Test
    void refusesWhatIsNoChunk() {
        assertThrows(IllegalArgumentException.class, () -> sealer.seal(ChunkKind.DATA, ID, NONE, text(9), 0, 0, 3));
        assertThrows(IllegalArgumentException.class, () -> sealer.seal(ChunkKind.DATA, ID, new byte[1], text(9), 0, 9, 3));
        assertThrows(IllegalArgumentException.class, () -> sealer.seal(ChunkKind.DATA, ID, NONE, new byte[5 << 20], 0, (4 << 20) + 1, 3));
        assertThrows(IllegalArgumentException.class, () -> Sealer.open(1, new byte[7]));
        assertThrows(IllegalArgumentException.class, () -> Sealer.open(1, filled(XWing.PUBLIC_BYTES)));
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }

    /** Sealing is repeatable with known randomness; what zstd writes may change, so that frame is only opened. */
    @Test
    void sealsAndOpensWhatItAlwaysDid() throws BackupException {
        Golden.check("session.key", sealer.sealedKey());
        byte[] noise = Seeded.bytes(new Random(7), 64);
        Golden.check("stored.frame", sealer.seal(ChunkKind.TREE, ID, new byte[] {1, 2, 3}, noise, 0, 64, 3).array());
        byte[] key = RING.unlock(KEY).session(Golden.read("session.key")).chunkKey(ID);
        assertArrayEquals(noise, Unsealer.open(Frame.parse(ByteBuffer.wrap(Golden.read("stored.frame"))), key));
        if (Boolean.getBoolean("golden.write")) {
            Golden.check("zstd.frame", sealer.seal(ChunkKind.DATA, ID, NONE, text(500), 0, 500, 3).array());
        }
        Frame zstd = Frame.parse(ByteBuffer.wrap(Golden.read("zstd.frame")));
        assertEquals(Codec.ZSTD, zstd.header().codec());
        assertArrayEquals(text(500), Unsealer.open(zstd, key));
    }

    /** Counted, not timed: it must hold on a slow machine too. */
    @Test
    void warmsUpOnce() {
        Sealer.warmUp();
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Sealer.warmUp();
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 1 << 20, "the second call has nothing to do");
    }
}
