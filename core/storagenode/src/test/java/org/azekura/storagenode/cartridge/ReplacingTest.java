package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.spool.Buffered;
import org.azekura.storagenode.cartridge.spool.Journal;
import org.azekura.storagenode.cartridge.spool.SpoolDisk;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pack takes the place of another one on tape: there is one of the two, whenever the power goes. */
class ReplacingTest {

    private static final long SPOOL = 8_000_000;
    private static final String PACK = "packs/a1";
    private static final byte[] OLD = Blobs.random(new Random(1), 1000);
    private static final byte[] NEW = Blobs.random(new Random(2), 1200);

    @TempDir
    Path dir;

    private static void replace(BlobStore pool, byte[] content) throws BackupException {
        replace(pool, PACK, content);
    }

    private static void replace(BlobStore pool, String key, byte[] content) throws BackupException {
        try (BlobWriter writer = pool.replace(key)) {
            writer.write(ByteBuffer.wrap(content));
            writer.commit();
        }
    }

    /** What was there is on tape; @return whether the new one was said to be durable */
    private static boolean replaced(BlobStore pool, String... codes) throws BackupException {
        boolean durable = false;
        try {
            replace(pool, NEW);
            durable = true;
            Blobs.put(pool, "snapshots/2", NEW);
        } catch (BackupException e) {
            assertTrue(Arrays.asList(codes).contains(e.failure().code()), e.getMessage());
        }
        return durable;
    }

    private static BlobStore withOld(Cartridges cartridges) throws BackupException {
        BlobStore pool = cartridges.labelled(Cartridges.POOL);
        Blobs.put(pool, PACK, OLD);
        Blobs.put(pool, "snapshots/1", OLD);
        return pool;
    }

    private static byte[] found(Cartridges cartridges) throws BackupException {
        return Blobs.get(cartridges.pool(Cartridges.POOL), PACK, 0, 5000);
    }

    /** And it is the same one on tape, for who knows nothing but that. */
    private static void assertOneOfBoth(Cartridges cartridges, boolean durable, String when) throws Exception {
        byte[] now = found(cartridges);
        assertTrue(Arrays.equals(now, NEW) || !durable && Arrays.equals(now, OLD), when + ": " + now.length + " bytes, durable: " + durable);
        BlobStore pool = cartridges.pool(Cartridges.POOL);
        assertEquals(Map.of(PACK, (long) now.length), Blobs.list(pool, "packs/"), when);
        assertTrue(((Buffered) pool).isOnTape(((Buffered) pool).mark(), Duration.ofMinutes(1)), when);
        assertEquals("A00001L8", cartridges.store().place(Cartridges.POOL, PACK).flatMap(BlobPlace::barcode).orElseThrow().value(), when);
        cartridges.close();
        cartridges.forgetNotes();
        cartridges.open();
        assertArrayEquals(now, found(cartridges), when + ", from the tape alone");
    }

    @Test
    void noCallOfADriveIsOneTooManyToLose() throws Exception {
        for (long spool : new long[] {0, SPOOL}) {
            boolean went = true;
            for (int call = 0; went; call++) {
                try (Cartridges cartridges = new Cartridges(dir.resolve(spool + "-drive-" + call), 1).spooling(spool, new SpoolDisk())) {
                    BlobStore pool = withOld(cartridges);
                    cartridges.watched().start();
                    boolean[] now = new boolean[1];
                    int last = call;
                    cartridges.watched().before((name, number) -> {
                        if (number >= last) {
                            now[0] = true;
                            cartridges.library().powerOff(0);
                            throw BackupException.device("device.io", "", "the power went before call " + number + ", " + name, null);
                        }
                    });
                    boolean durable = replaced(pool, "drive.away");
                    went = now[0];
                    cartridges.watched().before((name, number) -> {});
                    if (call % 3 == 0) {
                        cartridges.reopen();
                    } else {
                        cartridges.crash();
                    }
                    assertOneOfBoth(cartridges, durable, "spool " + spool + ", drive call " + call);
                }
            }
        }
    }

    @Test
    void noCallOfTheDiskIsOneTooManyToLose() throws Exception {
        for (long spool : new long[] {0, SPOOL}) {
            boolean went = true;
            for (int call = 1; went; call++) {
                for (boolean loses : new boolean[] {false, true}) {
                    try (Cartridges cartridges = new Cartridges(dir.resolve(spool + "-disk-" + call + loses), 1).spooling(spool, new SpoolDisk())) {
                        withOld(cartridges);
                        LosingDisk disk = new LosingDisk(call);
                        cartridges.spooling(spool, disk).reopen();
                        boolean durable = replaced(cartridges.pool(Cartridges.POOL), "device.io");
                        went = disk.went();
                        cartridges.goOn(loses ? disk::lose : () -> {});
                        assertOneOfBoth(cartridges, durable, "spool " + spool + ", disk call " + call + (loses ? ", with what did not last" : ""));
                    }
                }
            }
        }
    }

    @Test
    void onAnotherCartridgeItIsToldOfWhenItIsThere() throws Exception {
        try (Cartridges cartridges = new Cartridges(dir, 1, Chosen.ofSix()).spooling(SPOOL, new SpoolDisk())) {
            BlobStore pool = withOld(cartridges);
            for (int i = 0; i < 5; i++) {
                Blobs.put(pool, "packs/b" + i, Blobs.random(new Random(i), 2_000_000));
            }
            Blobs.put(pool, "snapshots/2", OLD);
            assertEquals("A00001L8", cartridges.placed().get(PACK).barcode().orElseThrow().value());
            replace(pool, NEW);
            assertEquals(Optional.empty(), cartridges.store().place(Cartridges.POOL, PACK));
            assertArrayEquals(NEW, found(cartridges));
            Blobs.put(pool, "snapshots/3", OLD);
            assertEquals("A00002L8", cartridges.placed().get(PACK).barcode().orElseThrow().value());
            assertEquals(Optional.of(cartridges.placed().get(PACK)), cartridges.store().place(Cartridges.POOL, PACK));
            cartridges.reopen();
            assertArrayEquals(NEW, found(cartridges));
        }
    }

    @Test
    void theLastOfSeveralThatWaitStays() throws Exception {
        try (Cartridges cartridges = new Cartridges(dir, 1).spooling(SPOOL, new SpoolDisk())) {
            BlobStore pool = cartridges.labelled(Cartridges.POOL);
            Blobs.put(pool, PACK, OLD);
            replace(pool, Arrays.copyOf(OLD, 10));
            replace(pool, NEW);
            cartridges.reopen();
            assertOneOfBoth(cartridges, true, "three waited");
            assertEquals(0, cartridges.damaged().size());
        }
    }

    @Test
    void aDeletionDoesNotOvertakeWhatWaits() throws Exception {
        try (Cartridges cartridges = new Cartridges(dir, 1).spooling(SPOOL, new SpoolDisk())) {
            BlobStore pool = withOld(cartridges);
            cartridges.watched().before((name, number) -> {
                if (name.equals("write")) {
                    throw BackupException.device("device.io", "", "the drive does not write", null);
                }
            });
            assertRefused("drive.away", () -> replace(pool, "snapshots/1", NEW));
            assertArrayEquals(NEW, Blobs.get(pool, "snapshots/1", 0, 5000));
            assertRefused("drive.away", () -> pool.delete("snapshots/1"));
            cartridges.watched().before((name, number) -> {});
            pool.delete("snapshots/1");
            assertEquals(Map.of(), Blobs.list(pool, "snapshots/"));
            assertTrue(((Buffered) pool).isOnTape(((Buffered) pool).mark(), Duration.ofMinutes(1)));
            cartridges.goOn(cartridges::forgetNotes);
            assertEquals(Map.of(), Blobs.list(cartridges.pool(Cartridges.POOL), "snapshots/"));
        }
    }

    @Test
    void whatCanNotBeReadTakesNoPlace() throws Exception {
        try (Cartridges cartridges = new Cartridges(dir, 1).spooling(SPOOL, new SpoolDisk())) {
            BlobStore pool = withOld(cartridges);
            replace(pool, NEW);
            Path waits = one(cartridges, Journal.PACK);
            byte[] bytes = Files.readAllBytes(waits);
            bytes[500] ^= 1;
            Files.write(waits, bytes);
            assertRefused("spool.corrupt", () -> Blobs.put(pool, "snapshots/2", OLD));
            assertArrayEquals(OLD, found(cartridges));
            assertEquals(List.of(PACK), cartridges.damaged());
            assertArrayEquals(bytes, Files.readAllBytes(one(cartridges, Journal.ASIDE)));
            assertOneOfBoth(cartridges, false, "its file was damaged");
            assertArrayEquals(OLD, found(cartridges));
        }
    }

    private static Path one(Cartridges cartridges, String kind) throws IOException {
        try (Stream<Path> files = Files.list(cartridges.packs(Cartridges.POOL))) {
            List<Path> all = files.filter(file -> file.toString().endsWith(kind)).toList();
            assertEquals(1, all.size(), all.toString());
            return all.getFirst();
        }
    }

    @Test
    void aLabelIsNotReplaced() throws Exception {
        try (Cartridges cartridges = new Cartridges(dir, 1)) {
            BlobStore pool = cartridges.labelled(Cartridges.POOL);
            assertRefused("blob.exists", () -> pool.replace(Keys.LABEL));
        }
    }
}
