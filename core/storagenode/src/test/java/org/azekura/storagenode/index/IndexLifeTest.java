package org.azekura.storagenode.index;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.VolumeId;
import org.azekura.engine.pack.PackIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there when the index is opened again. */
class IndexLifeTest {

    private static final UUID BOOT = new UUID(1, 2);
    private static final UUID NEXT_BOOT = new UUID(3, 4);

    @TempDir
    Path home;

    private final long seed = System.nanoTime();
    private final Packs packs = new Packs(seed);
    private final List<ChunkId> chunks = packs.chunks(3_000);
    private Path dir;
    private ChunkIndex index;
    private KnownPack pack;

    @BeforeEach
    void open() throws Exception {
        dir = home.resolve("index/pool");
        index = open(BOOT);
        pack = Packs.add(index, packs.pack(chunks));
    }

    @AfterEach
    void close() {
        index.close();
    }

    private ChunkIndex open(UUID boot) throws BackupException {
        return ChunkIndex.open(dir, Packs.VOLUME, boot);
    }

    /** Who is killed does not close. The mappings stay with the process of the test. */
    private void kill(UUID then) throws BackupException {
        index = open(then);
    }

    private void closeAndOpen(UUID then) throws BackupException {
        index.close();
        index = open(then);
    }

    private void assertAllThere() throws BackupException {
        assertEquals(List.of(pack), index.packs(null, 9));
        assertEquals(chunks.size(), index.chunks());
        assertEquals(pack.size(), index.bytes());
        assertEquals(List.of(packs.session), index.sessions(List.of(pack)));
        for (ChunkId chunk : chunks) {
            assertEquals(pack, index.find(Packs.GROUP, chunk).pack(), "seed " + seed);
        }
        assertTrue(index.count().whole(pack));
    }

    private void assertEmpty() throws BackupException {
        assertEquals(0, index.packs());
        assertEquals(0, index.chunks());
        assertEquals(0, index.bytes());
        assertNull(index.find(Packs.GROUP, chunks.get(0)));
    }

    @Test
    void aKilledProcessLeavesEverything() throws Exception {
        kill(BOOT);
        assertAllThere();
        Packs.add(index, packs.pack(packs.chunks(2_000)));
        kill(BOOT);
        assertEquals(5_000, index.chunks());
    }

    /** Packs of no chunks, so many that the index is worth its syncs. */
    private void manyPacks() throws BackupException {
        for (int i = 0; i < IndexFiles.WORTH_SYNCING; i++) {
            Packs.add(index, packs.pack(List.of()));
        }
    }

    private void removeThem() throws BackupException {
        index.remove(index.packs(null, Integer.MAX_VALUE).stream().filter(each -> each.chunks() == 0).toList());
    }

    @Test
    void anOrderlyEndLeavesEverythingAlsoForTheNextBoot() throws Exception {
        manyPacks();
        closeAndOpen(NEXT_BOOT);
        removeThem();
        assertAllThere();
    }

    @Test
    void aSmallIndexIsMadeAnewAfterABoot() throws Exception {
        closeAndOpen(BOOT);
        assertAllThere();
        closeAndOpen(NEXT_BOOT);
        assertEmpty();
    }

    @Test
    void afterPowerLossNothingIsBelieved() throws Exception {
        kill(NEXT_BOOT);
        assertEmpty();
    }

    @Test
    void powerLossAfterAnOrderlyEndAndAnotherStartIsPowerLoss() throws Exception {
        manyPacks();
        closeAndOpen(NEXT_BOOT);
        kill(BOOT);
        assertEmpty();
    }

    @Test
    void theIndexOfAnotherVolumeIsNotBelieved() throws Exception {
        index.close();
        index = ChunkIndex.open(dir, new VolumeId(7, 7), BOOT);
        assertEmpty();
    }

    @Test
    void onlyTheOwnerCanReadIt() throws Exception {
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(dir)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.getParent())));
        for (Path file : files()) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file.toString());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.sorted().toList();
        }
    }

    private Map<Path, byte[]> content() throws IOException {
        Map<Path, byte[]> content = new LinkedHashMap<>();
        for (Path file : files()) {
            content.put(file, Files.readAllBytes(file));
        }
        return content;
    }

    private void write(Map<Path, byte[]> content) throws IOException {
        for (Path file : files()) {
            Files.delete(file);
        }
        for (Map.Entry<Path, byte[]> file : content.entrySet()) {
            if (file.getValue() != null) {
                Files.write(file.getKey(), file.getValue());
            }
        }
    }

    @Test
    void aFileThatIsMissingOrCutOrNotOfThisIndexIsFound() throws Exception {
        index.close();
        Map<Path, byte[]> sound = content();
        for (String name : List.of("head", "packs", "sessions", "chunks-00", "chunks-15")) {
            Path file = dir.resolve(name);
            byte[] whole = sound.get(file);
            byte[] foreign = whole.clone();
            foreign[9] ^= 1;
            for (byte[] broken : new byte[][] {null, new byte[0], Arrays.copyOf(whole, whole.length - 1), foreign}) {
                Map<Path, byte[]> content = new LinkedHashMap<>(sound);
                content.put(file, broken);
                write(content);
                index = open(BOOT);
                assertEmpty();
            }
        }
        write(sound);
        index = open(BOOT);
        assertAllThere();
    }

    /** Whatever a bit says, an opening ends, and nobody is told of a place that is outside of anything. */
    @Test
    void flippedBitsAreFoundOrDoNoHarm() throws Exception {
        index.close();
        Random random = new Random(seed);
        Map<Path, byte[]> sound = content();
        List<Path> files = List.copyOf(sound.keySet());
        for (int round = 0; round < 60; round++) {
            Path file = files.get(round % 3 == 0 ? random.nextInt(files.size()) : files.size() - 1 - round % 2);
            byte[] flipped = sound.get(file).clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            Map<Path, byte[]> content = new LinkedHashMap<>(sound);
            content.put(file, flipped);
            write(content);
            index = open(BOOT);
            int unknown = 0;
            for (ChunkId chunk : chunks) {
                ChunkIndex.Found found = index.find(Packs.GROUP, chunk);
                assertTrue(found == null || found.pack().equals(pack) && found.session() != null, "round " + round + ", seed " + seed);
                unknown += found == null ? 1 : 0;
            }
            assertTrue(index.packs() == 0 || unknown <= 200, unknown + " chunks are unknown in round " + round + ", seed " + seed);
            index.clearMarks();
            index.count();
            index.remove(index.packs(null, 9));
            assertEquals(0, index.packs());
        }
    }

    @Test
    void aPackWhoseChunksWentAstrayIsNeverDropped() throws Exception {
        index.clearMarks();
        index.close();
        Path table = files().stream().filter(file -> file.getFileName().toString().startsWith("chunks-")).findFirst().orElseThrow();
        byte[] bytes = Files.readAllBytes(table);
        int slot = Slots.HEADER;
        while (bytes[slot + 3] == 0) {
            slot += Slots.SLOT;
        }
        bytes[slot + 3] ^= 8;
        Files.write(table, bytes);
        index = open(BOOT);
        assertFalse(index.count().whole(pack));
        assertEquals(List.of(pack), index.drop(List.of(pack)).needed());
    }

    @Test
    void whatWasFoundDamagedIsForgottenForTheVolumeHasItWritten() throws Exception {
        index.damaged(pack, chunks.get(0));
        kill(BOOT);
        assertTrue(index.known(Packs.GROUP, chunks.get(0)));
        assertEquals(List.of(), index.damagedOf(pack));
    }

    @Test
    void whatIsGoneFromTheVolumeIsForgotten() throws Exception {
        KnownPack other = Packs.add(index, packs.pack(packs.chunks(10)));
        BitSet there = new BitSet();
        there.set(index.number(pack.id(), pack.size()));
        assertEquals(-1, index.number(other.id(), other.size() + 1));
        assertEquals(1, index.retain(there));
        assertAllThere();
        assertEquals(0, index.retain(there));
    }

    /** Killed while a pack was entered, and while one was taken out. */
    @Test
    void packsThatWereHalfwayAreForgottenAndCanBeEnteredAgain() throws Exception {
        PackIndex second = packs.pack(packs.chunks(500));
        KnownPack known = Packs.add(index, second);
        for (byte state : new byte[] {PackTable.ENTERING, PackTable.LEAVING}) {
            byte[] bytes = Files.readAllBytes(dir.resolve("packs"));
            bytes[PackTable.HEADER + known.number() * PackTable.RECORD] = state;
            Files.write(dir.resolve("packs"), bytes);
            index = open(BOOT);
            assertAllThere();
            known = Packs.add(index, second);
            assertEquals(3_500, index.chunks());
            assertTrue(index.count().whole(known));
        }
    }

    /** As on a full disk: no table can be made larger. */
    @Test
    void aPackThereIsNoRoomForLeavesNothingBehind() throws Exception {
        for (int i = 0; i < IndexFiles.TABLES; i++) {
            Files.createDirectories(dir.resolve("chunks-%02d.new".formatted(i)).resolve("in the way"));
        }
        PackIndex large = packs.pack(packs.chunks(2_000));
        assertRefused("index.io", () -> Packs.add(index, large));
        assertNull(index.pack(large.pack()));
        assertAllThere();
        for (int i = 0; i < IndexFiles.TABLES; i++) {
            Files.delete(dir.resolve("chunks-%02d.new".formatted(i)).resolve("in the way"));
        }
        KnownPack known = Packs.add(index, large);
        assertTrue(index.count().whole(known));
        assertEquals(5_000, index.chunks());
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefused() throws Exception {
        Files.writeString(home.resolve("file"), "");
        BackupException e = assertRefused("index.io", () -> ChunkIndex.open(home.resolve("file/pool"), Packs.VOLUME));
        assertTrue(e.getMessage().contains("file/pool"), e.getMessage());
    }
}
