package org.azekura.engine.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.engine.Golden;
import org.azekura.engine.Seeded;
import org.azekura.engine.chunk.ChunkKind;
import org.junit.jupiter.api.Test;

class PackTest {

    private static PackIndex expected(MemoryPack pack, ChunkKind kind) {
        return new PackIndex(MemoryPack.ID, kind, MemoryPack.GROUP, MemoryPack.SESSIONS, pack.entries);
    }

    @Test
    void isReadAsItWasWritten() {
        Seeded.run(random -> {
            for (int frames : new int[] {0, 1, 2, 3, 50}) {
                ChunkKind kind = ChunkKind.values()[random.nextInt(2)];
                try {
                    MemoryPack pack = new MemoryPack(random, kind, frames, 3000);
                    PackReader reader = MemoryPack.reader(pack.bytes);
                    assertEquals(expected(pack, kind), reader.index());
                    assertEquals(expected(pack, kind), reader.scan());
                    assertEquals(new PackCheck(List.of(), null), reader.check());
                    for (IndexEntry e : pack.entries) {
                        assertEquals(e.chunk(), Frame.parse(reader.frame(e.offset(), e.length())).header().id());
                    }
                } catch (BackupException e) {
                    throw new AssertionError(e);
                }
            }
        });
    }

    @Test
    void isWrittenAsItAlwaysWas() throws BackupException {
        Golden.check("data.pack", new MemoryPack(new Random(1), ChunkKind.DATA, 4, 50).bytes);
        Golden.check("tree.pack", new MemoryPack(new Random(2), ChunkKind.TREE, 3, 50).bytes);
    }

    @Test
    void everyFlippedBitIsFoundAndNamesItsChunk() throws BackupException {
        MemoryPack pack = new MemoryPack(new Random(3), ChunkKind.TREE, 3, 40);
        IndexEntry last = pack.entries.getLast();
        for (int bit = 0; bit < pack.bytes.length * 8; bit++) {
            int at = bit / 8;
            byte[] flipped = pack.bytes.clone();
            flipped[at] ^= (byte) (1 << bit % 8);
            PackCheck check = MemoryPack.reader(flipped).check();
            assertFalse(check.sound(), () -> "bit at " + at);
            boolean framed = at >= pack.entries.getFirst().offset() && at < last.offset() + last.length();
            assertEquals(pack.entries.stream().filter(e -> framed && at >= e.offset() && at < e.offset() + e.length())
                    .map(IndexEntry::chunk).toList(), check.damaged(), () -> "byte " + at);
        }
    }

    @Test
    void aTornPackGivesItsWholeFrames() throws BackupException {
        MemoryPack pack = new MemoryPack(new Random(4), ChunkKind.DATA, 4, 60);
        int header = (int) pack.entries.getFirst().offset();
        for (int length = header; length < pack.bytes.length; length++) {
            int end = length;
            PackReader reader = MemoryPack.reader(Arrays.copyOf(pack.bytes, length));
            assertEquals(pack.entries.stream().filter(e -> e.offset() + e.length() <= end).toList(), reader.scan().entries());
            assertEquals("pack.corrupt", assertThrows(BackupException.class, reader::index).failure().code());
            assertNotNull(reader.check().what());
        }
    }

    @Test
    void aDamagedFrameCostsOnlyItself() throws BackupException {
        MemoryPack pack = new MemoryPack(new Random(5), ChunkKind.DATA, 5, 100_000);
        for (IndexEntry hit : pack.entries) {
            for (int within : new int[] {0, 6, 10, 30, 71, hit.length() - 1}) {
                byte[] damaged = pack.bytes.clone();
                damaged[(int) hit.offset() + within] ^= 1;
                assertEquals(pack.entries.stream().filter(e -> e != hit).toList(), MemoryPack.reader(damaged).scan().entries());
            }
        }
    }

    @Test
    void framesOfManySessionsCanBeMerged() throws BackupException {
        MemoryPack pack = new MemoryPack(new Random(6), ChunkKind.DATA, 6, 60);
        PackReader reader = MemoryPack.reader(pack.bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PackWriter writer = new PackWriter(MemoryPack.ID, ChunkKind.DATA, MemoryPack.GROUP, MemoryPack.SESSIONS.reversed(),
                MemoryPack.sink(out));
        for (IndexEntry e : pack.entries.reversed()) {
            writer.append(reader.frame(e.offset(), e.length()));
        }
        writer.finish();
        assertTrue(MemoryPack.reader(out.toByteArray()).check().sound());
    }

    @Test
    void whatDoesNotBelongIsRefusedAndLeavesNoTrace() throws BackupException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PackWriter writer = new PackWriter(MemoryPack.ID, ChunkKind.DATA, MemoryPack.GROUP, MemoryPack.SESSIONS.subList(0, 1),
                MemoryPack.sink(out));
        Random random = new Random(7);
        int before = out.size();
        ByteBuffer good = Frames.frame(random, ChunkKind.DATA, Frames.OTHER, 9);
        for (ByteBuffer bad : List.of(Frames.frame(random, ChunkKind.TREE, Frames.OTHER, 9),
                Frames.frame(random, ChunkKind.DATA, Frames.SESSION, 9), good.duplicate().limit(good.limit() - 1), ByteBuffer.allocate(3))) {
            assertEquals("frame.corrupt", assertThrows(BackupException.class, () -> writer.append(bad)).failure().code());
        }
        assertEquals(before, out.size());
        assertEquals(before, writer.append(good));
        writer.finish();
        assertThrows(IllegalStateException.class, () -> writer.append(good));
        assertThrows(IllegalStateException.class, writer::finish);
    }

    @Test
    void sessionsMustBeDistinctAndNotTooMany() {
        SealedSession one = MemoryPack.SESSIONS.getFirst();
        assertThrows(IllegalArgumentException.class, () -> new PackWriter(MemoryPack.ID, ChunkKind.DATA, MemoryPack.GROUP, List.of(one, one),
                b -> {}));
        assertThrows(IllegalArgumentException.class, () -> new SealedSession(Frames.OTHER, new byte[5000]));
    }

    /** Whatever stands there, a reader ends with a pack or a BackupException, and allocates no more than the pack is long. */
    @Test
    void anythingElseIsRefusedInBoundedMemory() throws BackupException {
        MemoryPack pack = new MemoryPack(new Random(8), ChunkKind.DATA, 5, 60);
        Seeded.run(random -> {
            for (int i = 0; i < 5_000; i++) {
                byte[] bytes = mutated(random, pack.bytes);
                PackReader reader = MemoryPack.reader(bytes);
                try {
                    assertFalse(reader.check().sound());
                    assertNotNull(reader.scan());
                    assertNotNull(reader.index());
                } catch (BackupException e) {
                    assertEquals("pack.corrupt", e.failure().code());
                }
            }
        });
    }

    private static byte[] mutated(Random random, byte[] sound) {
        byte[] bytes = Arrays.copyOf(sound, random.nextInt(4) == 0 ? random.nextInt(sound.length) : sound.length);
        for (int n = random.nextInt(4); n >= 0 && bytes.length > 0; n--) {
            int at = random.nextBoolean() ? random.nextInt(bytes.length) : Math.max(0, bytes.length - 1 - random.nextInt(52));
            bytes[at] ^= (byte) (1 + random.nextInt(255));
        }
        return Arrays.equals(bytes, sound) ? new byte[0] : bytes;
    }

    @Test
    void aFrameOutsideThePackIsRefused() throws BackupException {
        PackReader reader = MemoryPack.reader(new MemoryPack(new Random(9), ChunkKind.DATA, 1, 60).bytes);
        for (long[] place : new long[][] {{-1, 100}, {0, Integer.MAX_VALUE}, {0, -1}, {Long.MAX_VALUE, 100}, {1 << 20, 100}, {0, 3}}) {
            assertThrows(BackupException.class, () -> reader.frame(place[0], (int) place[1]));
        }
    }

    /** Every 72 bytes the header of a frame that would be 4 MiB long: reading each to its end would take 300 GiB. */
    @Test
    void aScanEndsHoweverManyFramesSeemToBegin() throws BackupException {
        MemoryPack pack = new MemoryPack(new Random(10), ChunkKind.DATA, 1, 60);
        IndexEntry sound = pack.entries.getFirst();
        FrameHeader huge = new FrameHeader(sound.chunk(), ChunkKind.DATA, Codec.STORED, 4 << 20, 0, (4 << 20) + 28, sound.session());
        ByteBuffer bytes = ByteBuffer.allocate(6 << 20).put(pack.bytes, 0, (int) sound.offset() + sound.length());
        while (bytes.remaining() > Frame.HEADER_BYTES) {
            bytes.put(huge.encoded()).putInt(0);
        }
        AtomicLong read = new AtomicLong();
        PackReader reader = new PackReader(new PackSource() {
            @Override
            public long size() {
                return bytes.capacity();
            }

            @Override
            public int read(long offset, ByteBuffer into) {
                int length = Math.min(into.remaining(), bytes.capacity() - (int) offset);
                into.put(bytes.array(), (int) offset, length);
                read.addAndGet(length);
                return length;
            }
        });
        assertEquals(pack.entries, reader.scan().entries());
        assertTrue(read.get() < 20L * bytes.capacity(), () -> read + " bytes read");
    }

    @Test
    void aLyingSourceIsFound() {
        PackReader reader = new PackReader(new PackSource() {
            @Override
            public long size() {
                return Long.MAX_VALUE;
            }

            @Override
            public int read(long offset, ByteBuffer into) {
                return 0;
            }
        });
        assertThrows(BackupException.class, reader::index);
        assertThrows(BackupException.class, reader::scan);
    }
}
