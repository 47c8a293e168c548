package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.storagenode.cartridge.set.Supply;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The right barcode is on another cartridge. */
class WrongCartridgeTest {

    @TempDir
    Path dir;
    private final Chosen supply = new Chosen();
    private Cartridges cartridges;
    private BlobStore ours;
    private BlobStore theirs;

    private void open() throws Exception {
        cartridges = new Cartridges(dir, 1, supply);
        ours = cartridges.labelled(Cartridges.POOL);
        put(ours, "packs/0");
        theirs = cartridges.labelled(Cartridges.OTHER);
        put(theirs, "packs/9");
        cartridges.shelve(0);
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private static byte[] content(String key) {
        return Blobs.random(new Random(key.hashCode()), 100_000);
    }

    private static void put(BlobStore pool, String key) throws BackupException {
        Blobs.put(pool, key, content(key));
    }

    private static void assertThere(BlobStore pool, String key) throws BackupException {
        assertArrayEquals(content(key), Blobs.get(pool, key, 0, 200_000), key);
    }

    private List<Recall.Cartridge> places() throws BackupException {
        return cartridges.store().recall(Cartridges.POOL, Optional.empty(), 0).cartridges();
    }

    @Test
    void isNamedByWhoReadsAndLoadedOnce() throws Exception {
        open();
        cartridges.confuse("A00001L8", "A00002L8");
        BackupException e = assertRefused("volume.foreign", () -> Blobs.get(ours, "packs/0", 0, 10));
        assertTrue(e.getMessage().contains("cartridge A00001L8 begins with the label of volume \"other 1\"") && e.getMessage().contains("expected the label of volume"
                + " \"default 1\""), e.getMessage());
        cartridges.watched().start();
        assertRefused("volume.foreign", () -> Blobs.get(ours, "packs/0", 0, 10));
        assertEquals(0, cartridges.watched().count("load"));
        assertEquals(List.of(false), places().stream().map(Recall.Cartridge::there).toList());
        assertTrue(places().getFirst().other().orElseThrow().contains("other 1"), places()::toString);
        cartridges.shelve(0);
        cartridges.confuse("A00001L8", "A00002L8");
        cartridges.faults("take A00001L8", "insert A00001L8");
        assertEquals(List.of(false), places().stream().map(Recall.Cartridge::there).toList(), "it lies in a mail slot");
        cartridges.library().changer().orElseThrow().move(cartridges.find("A00001L8"), cartridges.free());
        assertEquals(List.of(true), places().stream().map(Recall.Cartridge::there).toList());
        assertThere(ours, "packs/0");
        assertThere(theirs, "packs/9");
    }

    /** Somebody says that he was at the library. */
    @Test
    void isLookedAtAgainAfterAnInventory() throws Exception {
        open();
        cartridges.confuse("A00001L8", "A00002L8");
        assertRefused("volume.foreign", () -> Blobs.get(ours, "packs/0", 0, 10));
        cartridges.shelve(0);
        cartridges.confuse("A00001L8", "A00002L8");
        assertRefused("volume.foreign", () -> Blobs.get(ours, "packs/0", 0, 10));
        cartridges.store().operator().inventory(false);
        assertThere(ours, "packs/0");
        cartridges.reopen();
        assertThere(cartridges.pool(Cartridges.POOL), "packs/0");
        assertThere(cartridges.pool(Cartridges.OTHER), "packs/9");
    }

    @Test
    void isNotWrittenAndTheNextOneTakesItsPlace() throws Exception {
        open();
        cartridges.confuse("A00001L8", "A00002L8");
        BackupException e = assertRefused("media.none", () -> put(ours, "packs/1"));
        assertTrue(e.getMessage().contains("or have the one back that was written: ") && e.getMessage().contains("A00001L8 begins with the label of volume \"other 1\""),
                e.getMessage());
        supply.put("A00003L8");
        put(ours, "packs/1");
        assertEquals(List.of(Supply.State.QUARANTINED.name(), "default 2 on A00003L8"), supply.told().stream().map(line -> line.replaceAll(":.*", "")).toList());
        cartridges.shelve(0);
        cartridges.confuse("A00001L8", "A00002L8");
        cartridges.store().operator().inventory(false);
        assertThere(theirs, "packs/9");
        assertThere(ours, "packs/0");
        assertThere(ours, "packs/1");
        assertEquals(1, Blobs.list(theirs, "packs/").size());
    }

    @Test
    void thatWhichIsOnlyAwayIsWrittenAgainWhenItIsBack() throws Exception {
        open();
        cartridges.hide(new Barcode("A00001L8"));
        BackupException e = assertRefused("media.none", () -> put(ours, "packs/1"));
        assertTrue(e.getMessage().contains("or have the one back that was written: ") && e.getMessage().contains("cartridge A00001L8"), e.getMessage());
        cartridges.library().changer().orElseThrow().move(cartridges.find("A00001L8"), cartridges.free());
        put(ours, "packs/1");
        assertThere(ours, "packs/1");
        assertEquals(List.of(), supply.told(), "nothing has become of it");
        assertEquals(Collections.singletonList(null), supply.full(), "it is not full");
    }

    /** It was blank when it was met where the pool's cartridge should be. */
    @Test
    void isNoStrangerAnyMoreOnceThePoolHasLabelledIt() throws Exception {
        open();
        cartridges.confuse("A00001L8", "A00003L8");
        assertRefused("volume.foreign", () -> Blobs.get(ours, "packs/0", 0, 10));
        supply.put("A00001L8");
        put(ours, "packs/1");
        assertTrue(supply.told().contains("default 2 on A00001L8"), supply.told()::toString);
        cartridges.shelve(0);
        assertThere(ours, "packs/1");
        put(ours, "packs/2");
        assertThere(ours, "packs/2");
        assertEquals(1, supply.told().stream().filter(line -> line.startsWith("QUARANTINED")).count(), supply.told()::toString);
    }
}
