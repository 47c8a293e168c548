package org.azekura.storagenode.cartridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadThroughTest {

    private static final Barcode FIRST = new Barcode("A00001L8");
    /** The label, its filemark, and the note that labelling is through. */
    private static final int BEFORE = 4;
    /** Blocks of such a blob, and a filemark. */
    private static final int OBJECTS = 4;
    private static final int SIZE = 700_000;
    /** What a block has of its blob. */
    private static final int BLOCK = 262_088;

    @TempDir
    Path dir;
    private Cartridges cartridges;
    private BlobStore pool;

    @BeforeEach
    void open() throws Exception {
        cartridges = new Cartridges(dir, 1);
        pool = cartridges.labelled(Cartridges.POOL);
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private static String key(int number) {
        return "packs/00/" + new PackId(0, number);
    }

    private void put(int number) throws BackupException {
        Blobs.put(pool, key(number), Blobs.random(new Random(number), SIZE));
    }

    private LibraryAnswer.PassedThrough read() throws BackupException {
        return cartridges.store().operator().readThrough(FIRST, null);
    }

    private static List<PackId> whole(LibraryAnswer.PassedThrough passed) {
        return passed.objects().stream().filter(one -> one.pack() != null && one.whole()).map(LibraryAnswer.OnTape::pack).toList();
    }

    private static List<PackId> packs(int... numbers) {
        List<PackId> packs = new ArrayList<>();
        for (int number : numbers) {
            packs.add(new PackId(0, number));
        }
        return packs;
    }

    /** Three, of which something happens to an object of the second when it is written. */
    private LibraryAnswer.PassedThrough three(int object, String what) throws Exception {
        put(1);
        cartridges.faults("write block " + (BEFORE + OBJECTS + object) + ": " + what);
        put(2);
        put(3);
        return read();
    }

    @Test
    void tellsWhatIsOnItAndLeavesItAsItWas() throws Exception {
        put(1);
        put(2);
        pool.delete(key(1));
        LibraryAnswer.PassedThrough passed = read();
        assertNull(passed.next());
        assertEquals(List.of(), passed.damage());
        assertEquals(packs(1, 2), whole(passed));
        assertEquals(List.of("azekura-label", key(1)), passed.objects().stream().filter(LibraryAnswer.OnTape::deletion).map(LibraryAnswer.OnTape::name).toList());
        assertTrue(passed.objects().stream().allMatch(LibraryAnswer.OnTape::whole));
        assertTrue(passed.bytes() > 2 * SIZE, passed::toString);
        put(3);
        assertEquals(packs(1, 2, 3), whole(read()));
    }

    @Test
    void namesABlockThatCannotBeReadAndReadsOnBehindIt() throws Exception {
        for (int object = 0; object < OBJECTS - 1; object++) {
            close();
            cartridges = new Cartridges(dir.resolve("of" + object), 1);
            pool = cartridges.labelled(Cartridges.POOL);
            LibraryAnswer.PassedThrough passed = three(object, "flip bit 5 unreadably");
            assertNull(passed.next());
            assertEquals(packs(1, 3), whole(passed), "block " + object);
            assertEquals(1, passed.unreadable(), passed::toString);
            assertEquals(0, passed.gaps(), passed::toString);
            assertTrue(passed.damage().getFirst().contains("block " + object), passed::toString);
        }
    }

    @Test
    void namesABlockThatIsNotAsItWasWritten() throws Exception {
        LibraryAnswer.PassedThrough passed = three(1, "flip bit 5000");
        assertEquals(packs(1, 3), whole(passed));
        assertEquals(1, passed.unreadable(), passed::toString);
        assertTrue(passed.damage().getFirst().contains(key(2)), passed::toString);
    }

    @Test
    void aBlockThatCanBeReadAtTheSecondAttemptIsNoDamage() throws Exception {
        put(1);
        cartridges.faults("read block " + (BEFORE + 1) + " of A00001L8: medium error");
        assertEquals(List.of(), read().damage());
    }

    @Test
    void goesOnWhereAStretchEnded() throws Exception {
        put(1);
        put(2);
        LibraryAnswer.PassedThrough all = read();
        LibraryAnswer.OnTape second = all.objects().stream().filter(one -> key(2).equals(one.name())).findFirst().orElseThrow();
        BlobPlace place = cartridges.store().place(Cartridges.POOL, key(2)).orElseThrow();
        LibraryAnswer.PassedThrough rest = cartridges.store().operator().readThrough(FIRST, new LibraryAnswer.Reached(3, 5, place.position()));
        assertEquals(second, rest.objects().getFirst());
        assertEquals(List.of(), rest.damage());
    }

    /** The second of three has so many blocks, of which none can be read. */
    private void threeWithout(int blocks) throws Exception {
        put(1);
        cartridges.faults(IntStream.range(0, blocks).mapToObj(block -> "write block " + (BEFORE + OBJECTS + block) + ": flip bit 5 unreadably").toArray(String[]::new));
        Blobs.put(pool, key(2), new byte[(blocks - 1) * BLOCK + 1]);
        put(3);
    }

    @Test
    void behindAnObjectThatIsGivenUpTheNextIsNoGap() throws Exception {
        threeWithout(80);
        LibraryAnswer.PassedThrough passed = read();
        assertNull(passed.next());
        assertEquals(packs(1, 3), whole(passed));
        assertEquals(65, passed.unreadable(), passed::toString);
        assertEquals(0, passed.gaps(), passed::toString);
    }

    /** A drive tries for half a minute before it says that it can't. */
    @Test
    void aStretchEndsAlsoWithinAnObjectThatCannotBeRead() throws Exception {
        threeWithout(20);
        cartridges.watched().before((name, number) -> cartridges.pass(name.equals("read") ? 30 : 0));
        List<PackId> whole = new ArrayList<>();
        long unreadable = 0;
        int stretches = 0;
        for (LibraryAnswer.Reached from = null; stretches == 0 || from != null; stretches++) {
            LibraryAnswer.PassedThrough passed = cartridges.store().operator().readThrough(FIRST, from);
            assertTrue(passed.unreadable() <= 3, passed::toString);
            assertEquals(0, passed.gaps(), passed::toString);
            unreadable += passed.unreadable();
            whole.addAll(whole(passed));
            from = passed.next();
        }
        assertEquals(packs(1, 3), whole);
        assertTrue(unreadable > 0);
        assertTrue(stretches > 1);
    }
}
