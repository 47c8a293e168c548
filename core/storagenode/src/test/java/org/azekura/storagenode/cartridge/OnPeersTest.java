package org.azekura.storagenode.cartridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Library;
import org.azekura.driver.tape.PlainLibrary;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.set.Supply;
import org.azekura.storagenode.lease.MountRules;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.device.Tapes;
import org.azekura.testkit.tape.Istgt;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume on drives that do not number what lies on their tapes: one that has no places at all (tgtd), and one that has names of its own for them (istgt). */
class OnPeersTest {

    /** Three blocks. */
    private static final int SIZE = 700_000;

    @TempDir
    Path dir;
    private final AtomicLong clock = new AtomicLong();
    private Library library;
    private Watched watched;
    private LibraryStore store;
    private BlobStore pool;

    /** Where the only drive is that is used, and the robot; none with null. */
    private record Peer(String drive, String changer, Optional<Barcode> barcode) {

        static Peer of(Vtl vtl) {
            return new Peer(vtl.drive(0), vtl.changer(), Optional.of(new Barcode("VT0001L5")));
        }

        static Peer of(Istgt istgt) {
            return new Peer(istgt.drive(), null, Optional.empty());
        }
    }

    private void open(Peer peer, String notes) throws BackupException {
        library = PlainLibrary.open(peer.changer(), List.of(peer.drive()), "");
        watched = new Watched(library);
        store = new LibraryStore(new DeviceName("lib1"), watched, dir.resolve(notes), dir.resolve("spool"), Supply.NONE, MountRules.USUAL,
                () -> System.nanoTime() + clock.get());
        pool = store.pool(Cartridges.POOL, peer.barcode());
    }

    private void begin(Peer peer) throws BackupException {
        open(peer, "notes");
        Blobs.put(pool, Keys.LABEL, Cartridges.label(Cartridges.POOL));
        put("packs/before");
    }

    @AfterEach
    void close() throws Exception {
        if (store != null) {
            store.close();
            ((AutoCloseable) library).close();
        }
    }

    private void put(String key) throws BackupException {
        Blobs.put(pool, key, Stopped.content(key, SIZE));
    }

    private void assertThere(String... keys) throws BackupException {
        for (String key : keys) {
            assertArrayEquals(Stopped.content(key, SIZE), Blobs.get(pool, key, 0, SIZE + 1), key);
        }
    }

    /** As another host does with which nobody has spoken: it loads, and so rewinds, what lies in the drive. */
    private void rewind(Peer peer) throws BackupException {
        clock.addAndGet(10_000_000_000L);
        Library other = PlainLibrary.open(null, List.of(peer.drive()), "");
        try {
            Tapes.load(other.drives().getFirst());
        } finally {
            close(other);
        }
    }

    private static void close(Library library) throws BackupException {
        try {
            ((AutoCloseable) library).close();
        } catch (Exception e) {
            throw BackupException.bug("closing", e);
        }
    }

    /** In front of the first block of an object, of the second, and of the third. */
    private void isNotWrittenOver(Peer peer) throws Exception {
        begin(peer);
        List<String> keys = new ArrayList<>(List.of("packs/before"));
        for (int block = 0; block < 3; block++) {
            List<Waiting> batch = List.of(Stopped.at("packs/first" + block, SIZE, -1, () -> { }), Stopped.at("packs/stopped" + block, SIZE, block, () -> rewind(peer)),
                    Stopped.at("packs/last" + block, SIZE, -1, () -> { }));
            ((PoolStore) pool).set().write(batch);
            for (Waiting one : batch) {
                one.result();
                keys.add(one.key());
            }
        }
        for (String notes : List.of("notes", "none")) {
            close();
            open(peer, notes);
            assertEquals(keys, List.copyOf(Blobs.list(pool, "packs/").keySet().stream().sorted(Comparator.comparing(keys::indexOf)).toList()));
            assertThere(keys.toArray(String[]::new));
        }
    }

    @Test
    void aTapeThatAnotherHostRewoundWhileAWriterWasStoppedIsNotWrittenOverOnTgtd() throws Exception {
        Vtl.assumeUsable();
        try (Vtl vtl = Vtl.start(dir)) {
            isNotWrittenOver(Peer.of(vtl));
            close();
        }
    }

    @Test
    void aTapeThatAnotherHostRewoundWhileAWriterWasStoppedIsNotWrittenOverOnIstgt() throws Exception {
        Istgt.assumeUsable();
        try (Istgt istgt = Istgt.start(dir)) {
            isNotWrittenOver(Peer.of(istgt));
            close();
        }
    }

    private void isReadThrough(Peer peer) throws Exception {
        begin(peer);
        for (int i = 0; i < 8; i++) {
            put("packs/" + i);
        }
        assertThere("packs/before");
        watched.start();
        for (int i = 0; i < 8; i += 2) {
            byte[] expected = Arrays.copyOfRange(Stopped.content("packs/" + i, SIZE), 300_000, 301_000);
            assertArrayEquals(expected, Blobs.get(pool, "packs/" + i, 300_000, 1_000));
        }
        assertEquals(0, watched.count("locate") + watched.count("spaceBlocks") + watched.count("rewind"), watched.calls().toString());
    }

    @Test
    void smallGapsAreReadThroughOnTgtd() throws Exception {
        Vtl.assumeUsable();
        try (Vtl vtl = Vtl.start(dir)) {
            isReadThrough(Peer.of(vtl));
            close();
        }
    }

    @Test
    void smallGapsAreReadThroughOnIstgt() throws Exception {
        Istgt.assumeUsable();
        try (Istgt istgt = Istgt.start(dir)) {
            isReadThrough(Peer.of(istgt));
            close();
        }
    }

    /**
     * The target is killed in the middle of each kind of call, and started again: its slots are as they were set up then. What the drive has said to be on its tape is there;
     * what was on its way is looked for on the tape, wherever that is, before anything is written.
     */
    @Test
    void whatWasSyncedIsThereWhereverTheTargetIsKilled() throws Exception {
        Vtl.assumeUsable();
        try (Vtl vtl = Vtl.start(dir)) {
            begin(Peer.of(vtl));
            BlobStore other = store.pool(Cartridges.OTHER, Optional.of(new Barcode("VT0002L5")));
            Blobs.put(other, Keys.LABEL, Cartridges.label(Cartridges.OTHER));
            List<String> keys = new ArrayList<>(List.of("packs/before"));
            for (String call : List.of("load", "read", "locate", "write", "writeFilemarks", "sync", "unload")) {
                AtomicBoolean once = new AtomicBoolean();
                watched.before((name, number) -> {
                    if (name.equals(call) && once.compareAndSet(false, true)) {
                        vtl.kill();
                        vtl.restart();
                    }
                });
                String key = "packs/" + call.toLowerCase(Locale.ROOT);
                put(key);
                keys.add(key);
                // With one drive the cartridges change.
                Blobs.put(other, key, new byte[10]);
                assertTrue(once.get(), call);
                watched.before((name, number) -> { });
                assertThere(keys.toArray(String[]::new));
            }
            for (String notes : List.of("notes", "none")) {
                close();
                open(Peer.of(vtl), notes);
                assertThere(keys.toArray(String[]::new));
            }
            close();
        }
    }
}
