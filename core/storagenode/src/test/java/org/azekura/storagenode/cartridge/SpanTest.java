package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Drive;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.Content;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.set.Member;
import org.azekura.storagenode.cartridge.set.Supply;
import org.azekura.storagenode.cartridge.set.Tape;
import org.azekura.testkit.Together;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.device.Tapes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool on several cartridges. */
class SpanTest {

    private static final int PACK = 1_200_000;

    @TempDir
    Path dir;
    private final Chosen supply = Chosen.ofSix();
    private Cartridges cartridges;
    private BlobStore pool;

    private void open(int drives) throws Exception {
        cartridges = new Cartridges(dir, drives, supply);
        Blobs.put(cartridges.pool(Cartridges.POOL), "keyring-1", new byte[] {7, 7});
        pool = cartridges.labelled(Cartridges.POOL);
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private void reopen() throws Exception {
        cartridges.reopen();
        pool = cartridges.pool(Cartridges.POOL);
    }

    private byte[] put(String key, int size) throws BackupException {
        return Blobs.put(pool, key, Blobs.random(new Random(key.hashCode()), size));
    }

    private void put(int from, int to) throws BackupException {
        for (int i = from; i < to; i++) {
            put("packs/" + i, PACK);
        }
    }

    private void assertThere(String key, int size) throws BackupException {
        assertArrayEquals(Blobs.random(new Random(key.hashCode()), size), Blobs.get(pool, key, 0, size + 1), key);
    }

    private void assertThere(int from, int to) throws BackupException {
        for (int i = from; i < to; i++) {
            assertThere("packs/" + i, PACK);
        }
    }

    private String on(String key) throws BackupException {
        return cartridges.store().place(Cartridges.POOL, key).orElseThrow().barcode().orElseThrow().value();
    }

    private List<Member> members() throws BackupException {
        return cartridges.store().members(Cartridges.POOL);
    }

    @Test
    void goesOnToTheNextCartridge() throws Exception {
        open(1);
        put(0, 16);
        assertEquals(List.of(1, 2, 3), members().stream().map(Member::number).toList());
        assertEquals(List.of(Supply.State.FULL, Supply.State.FULL, Supply.State.APPENDABLE), members().stream().map(Member::state).toList());
        assertEquals("A00001L8", on("packs/0"));
        assertEquals("A00003L8", on("packs/15"));
        assertEquals(List.of("default 2 on A00002L8", "default 3 on A00003L8"), supply.told().stream().filter(line -> line.contains(" on A")
                && !line.startsWith("FULL")).toList());
        assertEquals(2, supply.told().stream().filter(line -> line.startsWith("FULL: ")).count());
        for (boolean noted : new boolean[] {true, false}) {
            assertThere(0, 16);
            assertEquals(18, Blobs.list(pool, "").size());
            if (!noted) {
                cartridges.forgetNotes();
            }
            reopen();
        }
        assertThere(0, 16);
        assertEquals(List.of(1, 2, 3), members().stream().map(Member::number).toList());
        put(16, 20);
        assertThere(16, 20);
    }

    @Test
    void whatIsDeletedOnALaterCartridgeIsGone() throws Exception {
        open(1);
        put(0, 8);
        assertEquals("A00002L8", on("packs/7"));
        pool.delete("packs/0");
        put("packs/1000", 10);
        pool.delete("packs/7");
        put("packs/0", 300);
        pool.delete("packs/0");
        for (int i = 0; i < 3; i++) {
            assertEquals(-1, pool.size("packs/0"));
            assertEquals(-1, pool.size("packs/7"));
            assertEquals(new TreeSet<>(Set.of("packs/1", "packs/2", "packs/3", "packs/4", "packs/5", "packs/6", "packs/1000")),
                    new TreeSet<>(Blobs.list(pool, "packs/").keySet()));
            if (i == 1) {
                cartridges.forgetNotes();
            }
            reopen();
        }
    }

    @Test
    void eachCartridgeHasItsKeys() throws Exception {
        open(1);
        put(0, 8);
        assertEquals("A00002L8", on("keyring-1"));
        assertEquals(1, Blobs.list(pool, "keyring-").size());
        cartridges.reopen();
        cartridges.shelve(0);
        cartridges.faults("take A00001L8");
        pool = cartridges.pool(Cartridges.POOL);
        assertArrayEquals(new byte[] {7, 7}, Blobs.get(pool, "keyring-1", 0, 9));
    }

    @Test
    void aCartridgeThatIsGoneIsMissedOnlyByWhoWantsWhatLiesThere() throws Exception {
        open(1);
        put(0, 15);
        reopen();
        cartridges.shelve(0);
        cartridges.faults("take A00001L8");
        assertEquals(PACK, pool.size("packs/0"));
        assertEquals(4096, Blobs.get(pool, Keys.LABEL, 0, 4096).length);
        BackupException e = assertRefused("volume.missing", () -> Blobs.get(pool, "packs/0", 0, 10));
        assertTrue(e.getMessage().contains("A00001L8"), e.getMessage());
        assertEquals(Supply.State.MISSING, members().getFirst().state());
        assertThere(14, 15);
        put(15, 20);
        reopen();
        assertEquals(PACK, pool.size("packs/0"));
        assertThere(8, 20);
        assertRefused("volume.missing", () -> Blobs.get(pool, "packs/0", 0, 10));
    }

    @Test
    void aSetIsOpenedWithoutLoadingCartridgesThatAreFull() throws Exception {
        open(1);
        put(0, 15);
        reopen();
        cartridges.watched().start();
        assertEquals(17, Blobs.list(pool, "").size());
        assertEquals(2, cartridges.watched().count("load"), "looked at, and read to its end");
        assertEquals(0, cartridges.watched().count("unload"));
    }

    /** The node went after another cartridge had followed, before it noted that: it is found out once. */
    @Test
    void oneThatOthersFollowIsClosedWhenItIsMetAgain() throws Exception {
        open(1);
        put(0, 5);
        Map<Path, byte[]> then = cartridges.getNotes();
        put(5, 8);
        cartridges.close();
        Map<Path, byte[]> notes = cartridges.getNotes();
        Path first = cartridges.notes().resolve("lib1").resolve(Label.parse(Cartridges.label(Cartridges.POOL)).volume() + ".note");
        assertNotNull(notes.replace(first, then.get(first)));
        cartridges.setNotes(notes);
        cartridges.open();
        pool = cartridges.pool(Cartridges.POOL);
        assertEquals(PACK, pool.size("packs/0"));
        assertEquals(List.of(Supply.State.FULL, Supply.State.APPENDABLE), members().stream().map(Member::state).toList());
        reopen();
        assertEquals(PACK, pool.size("packs/0"), "that which is written is in the drive");
        reopen();
        assertEquals(PACK, pool.size("packs/0"));
        assertEquals(0, cartridges.watched().count("unload"), "that which is full is not looked into again");
        assertThere(0, 8);
    }

    /** What is found on it, while somebody reads there, may be noted just then. */
    @Test
    void aCartridgeIsShutWhenNobodyIsAtIt() throws Exception {
        open(1);
        put(0, 2);
        reopen();
        pool.size("packs/0");
        Tape tape = ((PoolStore) pool).set().tapes().getLast();
        AtomicReference<Thread> shutting = new AtomicReference<>();
        AtomicBoolean early = new AtomicBoolean();
        cartridges.watched().before((name, number) -> {
            if (name.equals("read") && shutting.get() == null) {
                shutting.set(Thread.ofPlatform().daemon().start(() -> {
                    try {
                        cartridges.store().shut(Cartridges.POOL, tape.volume().id());
                    } catch (BackupException e) {
                        throw new IllegalStateException(e);
                    }
                }));
                while (shutting.get().getState() != Thread.State.TIMED_WAITING && shutting.get().isAlive()) {
                    Thread.onSpinWait();
                }
                early.set(tape.isClosed());
            }
        });
        assertThere("packs/1", PACK);
        shutting.get().join();
        assertFalse(early.get());
        assertTrue(tape.isClosed());
    }

    @Test
    void whatCannotBeUsedIsPassedOver() throws Exception {
        cartridges = new Cartridges(dir, 1, supply);
        Drive drive = cartridges.load("A00002L8", 0);
        Tapes.write(drive, 1000, 1, 2);
        Tapes.sync(drive);
        drive.unload();
        cartridges.reopen("protect A00003L8", "take A00004L8");
        pool = cartridges.labelled(Cartridges.POOL);
        put(0, 8);
        assertEquals("A00005L8", on("packs/7"));
        cartridges.reopen();
        cartridges.shelve(0);
        Tapes.assertBlocks(cartridges.load("A00002L8", 0), 1000, 1, 2);
    }

    @Test
    void whenThereIsNoneTheWriteIsRefusedAndGoesOnLater() throws Exception {
        cartridges = new Cartridges(dir, 1, new Chosen());
        cartridges.close();
        Chosen none = new Chosen();
        cartridges = new Cartridges(dir, 1, none);
        pool = cartridges.labelled(Cartridges.POOL);
        put(0, 6);
        BackupException e = assertRefused("media.none", () -> put(6, 8));
        assertTrue(e.getMessage().contains("put one in"), e.getMessage());
        assertEquals(0, pool.space().free());
        put("snapshots/1", 1000);
        assertEquals("A00001L8", on("snapshots/1"));
        none.put("A00002L8");
        cartridges.pass(61);
        assertEquals(-1, pool.space().free());
        put("packs/late", PACK);
        assertEquals("A00002L8", on("packs/late"));
        assertThere("snapshots/1", 1000);
    }

    /** Of eight that wait together, the first, one in the middle or the last meets the end, when it is written or when all are synced. */
    @Test
    void theEndIsMetAtAnyPlaceOfABatch() throws Exception {
        // packs/0 begins with object 6, packs/3 with 15, packs/7 with 30 and ends with 32
        for (String fault : List.of("write block 6: full", "write block 17: full", "write block 31: full", "filemarks block 8: full", "filemarks block 32: full",
                "write block 7: early warning", "write block 7: programmed warning", "filemarks block 8: early warning")) {
            Chosen two = new Chosen("A00002L8", "A00003L8");
            try (Cartridges small = new Cartridges(dir.resolve("batch-" + fault.replace(' ', '-').replace(':', '-')), 1, two)) {
                BlobStore store = small.labelled(Cartridges.POOL);
                List<Waiting> batch = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    byte[] content = Blobs.random(new Random(i), i == 3 ? PACK : 300_000);
                    batch.add(new Waiting("packs/" + i, new Content.Bytes(content)));
                }
                Blobs.put(store, "packs/before", new byte[9]);
                small.faults(fault);
                ((PoolStore) store).set().write(batch);
                for (Waiting one : batch) {
                    one.result();
                }
                int last = 0;
                for (int i = 0; i < 8; i++) {
                    int number = small.store().place(Cartridges.POOL, "packs/" + i).orElseThrow().barcode().orElseThrow().value().charAt(5) - '0';
                    assertTrue(number >= last, fault + ": the order is kept");
                    last = number;
                }
                assertEquals(2, last, fault);
                small.crash();
                small.forgetNotes();
                small.reopen();
                BlobStore again = small.pool(Cartridges.POOL);
                for (int i = 0; i < 8; i++) {
                    byte[] content = Blobs.random(new Random(i), i == 3 ? PACK : 300_000);
                    assertArrayEquals(content, Blobs.get(again, "packs/" + i, 0, PACK + 1), fault);
                }
            }
        }
        open(1);
    }

    /** What the drive had taken is not all on the tape when it says that there is no room. */
    @Test
    void theEndIsMetByASync() throws Exception {
        open(1);
        AtomicBoolean once = new AtomicBoolean();
        put("packs/0", 1000);
        cartridges.watched().before((name, number) -> {
            if (name.equals("sync") && once.compareAndSet(false, true)) {
                cartridges.faults("filemarks: full");
            }
        });
        put("packs/1", 1000);
        put("packs/2", 1000);
        reopen();
        assertThere("packs/0", 1000);
        assertThere("packs/1", 1000);
        assertThere("packs/2", 1000);
    }

    @Test
    void aBlobThatFitsOnNoCartridgeDoesNotUseThemUp() throws Exception {
        open(1);
        assertRefused("device.full", () -> put("packs/huge", 9_000_000));
        assertEquals(0, supply.asked());
        put("packs/0", PACK);
        assertRefused("device.full", () -> put("packs/huge", 9_000_000));
        assertEquals(1, supply.asked());
        put("packs/1", PACK);
        assertThere("packs/1", PACK);
    }

    @Test
    void aCartridgeThatTakesNothingMoreIsGivenUp() throws Exception {
        open(1);
        put("packs/0", PACK);
        cartridges.faults("write of A00001L8 always: medium error");
        put("packs/1", PACK);
        assertEquals("A00002L8", on("packs/1"));
        assertTrue(supply.told().toString().contains("SUSPECT"), supply.told().toString());
        assertThere("packs/0", PACK);
        cartridges.faults("write 20 times: medium error");
        assertRefused("media.write", () -> put("packs/2", PACK));
        assertEquals(2, supply.asked());
    }

    @Test
    void oneThatWasLabelledJustBeforeIsNotGivenUpAtTheNextAttempt() throws Exception {
        open(1);
        put("packs/0", PACK);
        // labels are written, packs are not
        List<String> faults = new ArrayList<>(List.of("write of A00001L8 always: medium error"));
        for (int block = 8; block < 14; block++) {
            faults.add("write block " + block + " of A00002L8 always: medium error");
        }
        cartridges.faults(faults.toArray(String[]::new));
        assertRefused("media.write", () -> put("packs/1", PACK));
        int asked = supply.asked();
        for (int i = 0; i < 3; i++) {
            assertRefused("media.write", () -> put("packs/1", PACK));
        }
        assertEquals(asked, supply.asked());
    }

    /** The power of a drive goes and comes back: what had not got to the tape is written again, and nobody notices. */
    @Test
    void aDriveThatComesBackAtOnceFailsNothing() throws Exception {
        open(1);
        put("packs/0", PACK);
        for (String call : new String[] {"write", "filemarks", "position"}) {
            cartridges.faults(call + ": power off");
            put("packs/" + call, PACK);
            cartridges.faults(call + ": no answer afterwards");
            put("packs/again-" + call, 400_000);
        }
        assertEquals(9, Blobs.list(pool, "").size());
        reopen();
        assertThere("packs/0", PACK);
        for (String call : new String[] {"write", "filemarks", "position"}) {
            assertThere("packs/" + call, PACK);
            assertThere("packs/again-" + call, 400_000);
        }
    }

    @Test
    void aDriveThatStaysAwayIsTriedByWhoAsksForRoom() throws Exception {
        open(1);
        put("packs/0", PACK);
        cartridges.faults("any drive 0 always: no answer");
        BackupException e = assertRefused("drive.away", () -> put("packs/1", PACK));
        assertTrue(e.getMessage().contains("A00001L8") && e.getMessage().contains("power"), e.getMessage());
        assertRefused("drive.away", () -> pool.space());
        cartridges.faults();
        assertEquals(-1, pool.space().free());
        put("packs/1", PACK);
        assertThere("packs/1", PACK);
    }

    /** A cartridge that was labelled beforehand stands alone: it is given up for the next of the set, and never taken for the pool's volume. */
    @Test
    void aLabelThatStandsAloneIsNoVolume() throws Exception {
        open(1);
        cartridges.shelve(0);
        cartridges.reopen();
        byte[] alone = Cartridges.label(Cartridges.POOL, 4711);
        cartridges.store().operator().label(new Barcode("A00002L8"), alone);
        cartridges.forgetNotes();
        reopen();
        put("packs/0", PACK);
        assertEquals("A00001L8", on("packs/0"));
        supply.overwrite(Label.parse(alone).volume());
        put(1, 8);
        assertEquals("A00002L8", on("packs/7"));
        assertThere(0, 8);
    }

    @Test
    void oneIsReadWhileAnotherIsWritten() throws Exception {
        open(2);
        put(0, 8);
        assertThere(0, 1);
        cartridges.watched().start();
        CountDownLatch read = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean();
        cartridges.watched().before((name, number) -> {
            if (name.equals("write") && hangs.compareAndSet(false, true)) {
                read.await();
            }
        });
        Together.run(2, i -> {
            if (i == 0) {
                put("packs/8", PACK);
            } else {
                while (!hangs.get()) {
                    Thread.onSpinWait();
                }
                assertThere("packs/3", PACK);
                read.countDown();
            }
            return null;
        });
        assertEquals(0, cartridges.watched().count("load"));
        assertThere("packs/8", PACK);
    }

    /** A home that was restored knows less than its cartridges. */
    @Test
    void aCartridgeOfTheSetThatNobodyKnowsIsTakenForWhatItIs() throws Exception {
        open(1);
        put(0, 5);
        Map<Path, byte[]> then = cartridges.getNotes();
        put(5, 8);
        cartridges.close();
        cartridges.setNotes(then);
        cartridges.open();
        pool = cartridges.pool(Cartridges.POOL);
        supply.put("A00002L8");
        assertEquals(-1, pool.size("packs/7"));
        put(20, 22);
        assertThere(0, 8);
        assertThere(20, 22);
        assertEquals(List.of(1, 2), members().stream().map(Member::number).toList());
    }
}
