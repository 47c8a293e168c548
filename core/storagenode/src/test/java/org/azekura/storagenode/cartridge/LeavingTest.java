package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.set.Leave;
import org.azekura.storagenode.cartridge.set.Left;
import org.azekura.storagenode.cartridge.set.Member;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cartridges that leave their pool. */
class LeavingTest {

    private static final int PACK = 1_200_000;
    private static final long MOST = 2_000_000;

    @TempDir
    Path dir;
    private final Chosen supply = Chosen.ofSix();
    private final Map<String, byte[]> kept = new TreeMap<>();
    private Cartridges cartridges;
    private BlobStore pool;

    @AfterEach
    void close() {
        if (cartridges != null) {
            cartridges.close();
        }
    }

    private void open(String name) throws Exception {
        cartridges = new Cartridges(dir.resolve(name), 1, supply);
        kept.clear();
        kept.put("keyring-1", Blobs.put(cartridges.pool(Cartridges.POOL), "keyring-1", new byte[] {7, 7}));
        pool = cartridges.labelled(Cartridges.POOL);
    }

    private void reopen(boolean notes) throws Exception {
        if (!notes) {
            cartridges.forgetNotes();
        }
        cartridges.reopen();
        pool = cartridges.pool(Cartridges.POOL);
    }

    private void put(String key, int size) throws BackupException {
        kept.put(key, Blobs.put(pool, key, Blobs.random(new Random(key.hashCode()), size)));
    }

    private void put(int from, int to) throws BackupException {
        for (int i = from; i < to; i++) {
            put("packs/" + i, PACK);
        }
    }

    private void delete(int from, int to) throws BackupException {
        for (int i = from; i < to; i++) {
            pool.delete("packs/" + i);
            kept.remove("packs/" + i);
        }
    }

    /** All that is kept is there, and nothing else. */
    private void assertKept(String what) throws BackupException {
        Map<String, Long> there = Blobs.list(pool, "");
        assertEquals(4096L, there.remove(Keys.LABEL), what);
        assertArrayEquals(Cartridges.label(Cartridges.POOL), Blobs.get(pool, Keys.LABEL, 0, 5000), what);
        assertEquals(kept.keySet(), there.keySet(), what);
        for (Map.Entry<String, byte[]> one : kept.entrySet()) {
            assertArrayEquals(one.getValue(), Blobs.get(pool, one.getKey(), 0, one.getValue().length + 1), what + ": " + one.getKey());
        }
    }

    private List<Integer> numbers() throws BackupException {
        pool.size("keyring-1");
        return cartridges.store().members(Cartridges.POOL).stream().map(Member::number).toList();
    }

    private VolumeId volume(int number) throws BackupException {
        return cartridges.store().members(Cartridges.POOL).stream().filter(one -> one.number() == number).findFirst().orElseThrow().volume();
    }

    private Leave leave(VolumeId volume) throws BackupException {
        Leave step = cartridges.store().leave(Cartridges.POOL, volume, "test", MOST);
        for (int i = 0; !step.left() && step.blobs() > 0; i++) {
            assertTrue(i < 1000);
            step = cartridges.store().leave(Cartridges.POOL, volume, "test", MOST);
        }
        return step;
    }

    /** Has the third cartridge say nothing of this one. */
    private String silent(VolumeId volume) throws BackupException {
        BlobPlace place = cartridges.store().place(Cartridges.POOL, "azekura-notes/" + volume + ".member").orElseThrow();
        assertEquals("A00003L8", place.barcode().orElseThrow().value());
        return "read block " + place.position().object() + " of A00003L8 always: medium error";
    }

    private String on(String key) throws BackupException {
        return cartridges.store().place(Cartridges.POOL, key).orElseThrow().barcode().orElseThrow().value();
    }

    @Test
    void oneWithNothingOnItLeavesAndIsLabelledAnew() throws Exception {
        open("empty");
        put(0, 15);
        assertEquals(List.of(1, 2, 3), numbers());
        delete(6, 12);
        VolumeId second = volume(2);
        assertEquals(0, cartridges.store().uses(Cartridges.POOL).get(1).packs());
        assertTrue(leave(second).left());
        assertTrue(leave(second).left(), "asked again, it says so again");
        assertEquals(List.of(1, 3), numbers());
        assertEquals(List.of(second), cartridges.store().left(Cartridges.POOL).stream().map(Left::volume).toList());
        assertKept("it has left");
        reopen(true);
        assertKept("opened again");
        reopen(false);
        assertKept("opened without notes");
        assertEquals(List.of(1, 3), numbers());
        assertEquals("A00002L8", cartridges.store().left(Cartridges.POOL).getFirst().barcode().orElseThrow().value(), "whoever looks at it knows it");
        supply.put("A00002L8");
        supply.overwrite(second);
        put(20, 28);
        assertEquals("A00002L8", on("packs/27"));
        assertEquals(List.of(1, 3, 4), numbers());
        assertKept("it came back");
        reopen(false);
        assertKept("it came back, and all is opened without notes");
    }

    @Test
    void whatCountsIsCopiedFirst() throws Exception {
        open("alive");
        put("snapshots/1", 5000);
        put(0, 15);
        delete(1, 4);
        put("damaged/1", 0);
        assertTrue(leave(volume(1)).left());
        assertEquals(List.of(2, 3), numbers());
        assertEquals("A00003L8", on("packs/0"));
        assertEquals("A00003L8", on("snapshots/1"));
        assertKept("copied");
        for (boolean notes : new boolean[] {true, false}) {
            reopen(notes);
            assertKept("opened again");
            assertEquals(List.of(2, 3), numbers());
        }
        assertTrue(leave(volume(2)).left());
        assertKept("two have left");
        reopen(false);
        assertKept("two have left, opened without notes");
    }

    @Test
    void whatWasDeletedDoesNotComeBack() throws Exception {
        open("deleted");
        put(0, 7);
        delete(0, 2);
        put(7, 15);
        assertEquals(List.of(1, 2, 3), numbers());
        delete(5, 12);
        assertTrue(leave(volume(2)).left());
        assertEquals(-1, pool.size("packs/0"));
        assertKept("the deletion is on the third one");
        reopen(false);
        assertKept("opened without notes");
        put(30, 36);
        assertEquals(List.of(1, 3, 4), numbers());
        assertTrue(leave(volume(3)).left());
        reopen(false);
        assertKept("handed on once more");
    }

    @Test
    void theFirstVolumeLeavesItsLabelBehind() throws Exception {
        open("first");
        put(0, 8);
        delete(0, 6);
        VolumeId first = volume(1);
        assertTrue(leave(first).left());
        assertKept("it has left");
        reopen(true);
        assertKept("opened again");
        supply.put("A00001L8");
        supply.overwrite(first);
        put(10, 16);
        assertEquals(List.of(2, 3), numbers());
        assertEquals("A00001L8", on("packs/15"));
        reopen(false);
        assertKept("its cartridge is the third of its own set");
        assertTrue(leave(volume(2)).left());
        reopen(false);
        assertKept("the label is handed on");
        assertEquals(Label.parse(Cartridges.label(Cartridges.POOL)).volume(), first);
    }

    @Test
    void whatIsCutIsFollowedByAnother() throws Exception {
        open("cut");
        VolumeId first = Label.parse(Cartridges.label(Cartridges.POOL)).volume();
        cartridges.store().cut(Cartridges.POOL, first);
        assertEquals(List.of(1), numbers(), "there is nothing on it");
        put(0, 2);
        cartridges.store().cut(Cartridges.POOL, first);
        cartridges.store().cut(Cartridges.POOL, first);
        assertEquals(List.of(1, 2), numbers());
        put(2, 3);
        assertEquals("A00002L8", on("packs/2"));
        reopen(false);
        assertKept("cut");
    }

    @Test
    void theOneThatIsWrittenStays() throws Exception {
        open("written");
        put(0, 8);
        assertRefused("volume.written", () -> leave(volume(2)));
        assertRefused("volume.unknown", () -> leave(new VolumeId(1, 1)));
    }

    @Test
    void nothingLeavesWhileSomethingIsUnknown() throws Exception {
        open("unknown");
        put(0, 15);
        delete(0, 6);
        String silent = silent(volume(2));
        cartridges.forgetNotes();
        cartridges.reopen();
        cartridges.shelve(0);
        cartridges.faults("take A00002L8", silent);
        pool = cartridges.pool(Cartridges.POOL);
        assertEquals(List.of(1, 3), numbers());
        BackupException e = assertRefused("volume.missing", () -> leave(volume(1)));
        assertTrue(e.getMessage().contains("number 2"), e.getMessage());
    }

    @Test
    void nothingLeavesWhileANoteMayHaveMissedTheEndOfACartridge() throws Exception {
        open("not-closed");
        put(0, 8);
        VolumeId second = volume(2);
        // That it is closed can't be written down.
        Path blocking = cartridges.notes().resolve("lib1/" + second + ".note.new");
        Files.createDirectories(blocking);
        put(8, 15);
        delete(0, 6);
        cartridges.close();
        Files.delete(blocking);
        cartridges.open();
        cartridges.shelve(0);
        cartridges.hide(new Barcode("A00002L8"));
        pool = cartridges.pool(Cartridges.POOL);
        assertEquals(List.of(1, 2, 3), numbers());
        assertRefused("volume.missing", () -> leave(volume(1)));
        assertEquals(List.of(1, 2, 3), numbers());
    }

    @Test
    void aStepHasAsManyBlobsAsANodeCanHaveFilesOpen() throws Exception {
        open("many");
        for (int i = 0; i < 520; i++) {
            put("small/" + i, 1);
        }
        put(0, 8);
        assertEquals(512, cartridges.store().leave(Cartridges.POOL, volume(1), "test", MOST).blobs());
    }

    @Test
    void whatCannotBeReadKeepsItsCartridge() throws Exception {
        open("stuck");
        put(0, 8);
        cartridges.faults("read block 8 of A00001L8 always: medium error");
        Leave step = leave(volume(1));
        assertFalse(step.left());
        assertEquals(1, step.stuck().size(), step.toString());
        assertEquals(List.of(1, 2), numbers().subList(0, 2));
        cartridges.faults();
        Leave again = cartridges.store().leave(Cartridges.POOL, volume(1), "somebody else", MOST);
        assertEquals(1, again.blobs());
        assertTrue(leave(volume(1)).left());
        reopen(false);
        assertKept("it could be read after all");
    }

    /** Burnt, say: what lay there is lost, what was deleted there stays so, and the others may leave again. */
    @Test
    void whatIsGivenUpIsAMemberNoMore() throws Exception {
        open("burnt");
        put(0, 9);
        pool.delete("packs/0");
        put(9, 14);
        VolumeId second = volume(2);
        String barcode = cartridges.store().members(Cartridges.POOL).get(1).barcode().orElseThrow().value();
        List<String> there = kept.keySet().stream().filter(key -> key.startsWith("packs/") && !key.equals("packs/0")).filter(key -> onIs(key, barcode)).toList();
        assertFalse(there.isEmpty());
        cartridges.faults("take " + barcode);
        cartridges.store().giveUp(Cartridges.POOL, second, 2);
        cartridges.store().giveUp(Cartridges.POOL, second, 2);
        there.forEach(kept::remove);
        kept.remove("packs/0");
        assertKept("given up");
        assertFalse(numbers().contains(2));
        reopen(true);
        assertKept("opened again");
        assertTrue(leave(volume(1)).left());
        reopen(false);
        assertKept("without notes");
    }

    private boolean onIs(String key, String barcode) {
        try {
            return on(key).equals(barcode);
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    /** It was labelled, and nobody has seen it since. */
    @Test
    void aNumberThatNobodyHasSeenKeepsNobodyOnceItIsGivenUp() throws Exception {
        open("void");
        put(0, 14);
        VolumeId second = volume(2);
        String barcode = cartridges.store().members(Cartridges.POOL).get(1).barcode().orElseThrow().value();
        String silent = silent(second);
        cartridges.forgetNotes();
        cartridges.faults("take " + barcode, silent);
        cartridges.reopen();
        pool = cartridges.pool(Cartridges.POOL);
        pool.size("keyring-1");
        assertRefused("volume.missing", () -> leave(volume(1)));
        assertRefused("volume.unknown", () -> cartridges.store().giveUp(Cartridges.POOL, new VolumeId(0, 0), 17));
        assertRefused("volume.unknown", () -> cartridges.store().giveUp(Cartridges.POOL, new VolumeId(0, 0), 1));
        cartridges.store().giveUp(Cartridges.POOL, new VolumeId(0, 0), 2);
        assertTrue(leave(volume(1)).left());
        cartridges.faults("insert " + barcode);
        reopen(false);
        assertFalse(numbers().contains(2), "it turns up, and is no member: " + second);
    }

    /** What can be read was copied; the rest is lost by an operator's word. */
    @Test
    void theCartridgeThatIsWrittenIsFollowedByAnotherBeforeItIsGivenUp() throws Exception {
        open("written");
        put(0, 2);
        put(2, 9);
        int last = numbers().getLast();
        List<String> there = kept.keySet().stream().filter(key -> key.startsWith("packs/")).filter(key -> onIs(key, lastBarcode())).toList();
        cartridges.store().giveUp(Cartridges.POOL, volume(last), last);
        there.forEach(kept::remove);
        assertEquals(last + 1, numbers().getLast());
        assertKept("given up");
        put(20, 22);
        assertKept("written on");
    }

    private String lastBarcode() {
        try {
            return cartridges.store().members(Cartridges.POOL).getLast().barcode().orElseThrow().value();
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCopyThatCannotBeReadIsMadeAgainOnAnotherCartridge() throws Exception {
        open("again");
        put(0, 8);
        put("packs/small", 10);
        delete(1, 6);
        put("packs/end", 10);
        long next = cartridges.store().place(Cartridges.POOL, "packs/end").orElseThrow().position().object() + 2;
        cartridges.faults("read block " + next + " of A00002L8 always: medium error");
        assertTrue(leave(volume(1)).left());
        assertEquals("A00003L8", on("packs/0"));
        assertTrue(supply.told().stream().anyMatch(line -> line.startsWith("SUSPECT: ") && line.contains("A00002L8")), supply.told().toString());
        assertEquals(List.of(2, 3), numbers());
        cartridges.faults();
        assertKept("copied twice");
        reopen(false);
        assertKept("copied twice, opened without notes");
    }

    @Test
    void aMemberIsNeverLabelledAnew() throws Exception {
        open("member");
        put(0, 8);
        supply.put("A00001L8");
        supply.overwrite(volume(1));
        put(8, 14);
        assertEquals(List.of(1, 2, 3), numbers());
        assertKept("another cartridge was taken");
        assertTrue(!on("packs/13").equals("A00001L8"));
    }

    /** The power goes before each single call of a drive: everything is there, and it goes on. */
    @Test
    void aCutLosesNothing() throws Exception {
        boolean went = true;
        for (int call = 0; went; call++) {
            Chosen six = Chosen.ofSix();
            try (Cartridges cut = new Cartridges(dir.resolve("cut-" + call), 1, six)) {
                cartridges = cut;
                kept.clear();
                kept.put("keyring-1", Blobs.put(cut.pool(Cartridges.POOL), "keyring-1", new byte[] {7, 7}));
                pool = cut.labelled(Cartridges.POOL);
                put("packs/a", 3000);
                put("packs/b", 700_000);
                put("packs/c", 3000);
                cut.faults("write of A00001L8 always: full");
                put("packs/d", 3000);
                pool.delete("packs/a");
                kept.remove("packs/a");
                cut.faults("write of A00002L8 always: full");
                put("packs/e", 3000);
                pool.delete("packs/d");
                kept.remove("packs/d");
                cut.faults();
                VolumeId leaving = volume(1 + call % 2);
                cut.watched().start();
                int before = call / 2;
                boolean[] off = new boolean[1];
                cut.watched().before((name, number) -> {
                    if (number >= before) {
                        off[0] = true;
                        cut.library().powerOff(0);
                        throw BackupException.device("device.io", "", "the power went before call " + number + ", " + name, null);
                    }
                });
                try {
                    leave(leaving);
                } catch (BackupException e) {
                    assertEquals("drive.away", e.failure().code(), e.getMessage());
                }
                cut.watched().before((name, number) -> {});
                went = off[0] || call % 2 == 0;
                cut.crash();
                if (call % 4 < 2) {
                    cut.forgetNotes();
                    cut.reopen();
                }
                pool = cut.pool(Cartridges.POOL);
                assertKept("call " + call);
                put("packs/f", 3000);
                assertTrue(leave(leaving).left(), "call " + call);
                assertKept("call " + call + ", it has left");
                assertEquals(2, numbers().size(), "call " + call);
                cut.forgetNotes();
                cut.reopen();
                pool = cut.pool(Cartridges.POOL);
                assertKept("call " + call + ", opened without notes");
            }
        }
        cartridges = null;
    }
}
