package org.azekura.storagenode.cartridge;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Drive;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.device.Tapes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is written in a drive of which it is not known what lies there: after a time-out, after a crash, and while it gets ready. */
class KnownByLabelTest {

    @TempDir
    Path dir;
    private Cartridges cartridges;
    private BlobStore pool;

    @BeforeEach
    void open() throws Exception {
        cartridges = new Cartridges(dir, 1);
        pool = cartridges.labelled(Cartridges.POOL);
        put(pool, "packs/1");
    }

    @AfterEach
    void close() {
        cartridges.close();
    }

    private static void put(BlobStore pool, String key) throws BackupException {
        Blobs.put(pool, key, Stopped.content(key, 1000));
    }

    private static void assertThere(BlobStore pool, String key) throws BackupException {
        assertArrayEquals(Stopped.content(key, 1000), Blobs.get(pool, key, 0, 1001), key);
    }

    /** What was called before the first block was written, but for what a drive counts and what state it is in, which moves nothing. */
    private List<String> before() {
        List<String> calls = cartridges.watched().calls();
        return calls.subList(0, calls.indexOf("write")).stream().filter(call -> !List.of("counters", "life").contains(call)).toList();
    }

    @Test
    void aDriveThatWasTooSlowIsNotWrittenBeforeTheLabelWasReadAgain() throws Exception {
        for (String call : List.of("write", "writeFilemarks", "position", "sync", "onTape")) {
            cartridges.watched().before((name, number) -> {
                if (name.equals(call)) {
                    throw BackupException.device("device.timeout", "", "no answer within 1500 s", null);
                }
            });
            assertRefused("device.timeout", () -> put(pool, "packs/late-" + call.toLowerCase(Locale.ROOT)));
            cartridges.watched().before((name, number) -> { });
            cartridges.watched().start();
            String key = "packs/" + call.toLowerCase(Locale.ROOT);
            put(pool, key);
            assertEquals("load", before().getFirst(), call);
            assertTrue(before().indexOf("read") > 0 && before().contains("locate"), call + ": the label is read, and the end is proven: " + before());
            assertThere(pool, "packs/1");
            assertThere(pool, key);
        }
    }

    /** Hands were there while nobody looked. */
    @Test
    void afterACrashWhatLiesInADriveIsUnloadedAndShelvedIfItIsNotWhatIsWanted() throws Exception {
        BlobStore other = cartridges.labelled(Cartridges.OTHER);
        put(other, "packs/1");
        cartridges.crash();
        cartridges.shelve(0);
        Drive drive = cartridges.load("A00003L8", 0);
        Tapes.write(drive, 1000, 1, 2);
        Tapes.sync(drive);
        for (String there : List.of("A00003L8", "A00002L8")) {
            cartridges.library().drives().getFirst().unload();
            cartridges.exchange(0, there);
            cartridges.crash();
            pool = cartridges.pool(Cartridges.POOL);
            cartridges.watched().start();
            String key = "packs/" + there.toLowerCase(Locale.ROOT);
            put(pool, key);
            assertFalse(before().isEmpty());
            assertTrue(before().contains("unload"), there + ": " + before());
            assertEquals("A00001L8", cartridges.store().place(Cartridges.POOL, key).orElseThrow().barcode().map(Barcode::value).orElseThrow());
        }
        other = cartridges.pool(Cartridges.OTHER);
        assertThere(other, "packs/1");
        cartridges.reopen();
        cartridges.library().drives().getFirst().unload();
        cartridges.exchange(0, "A00003L8");
        Drive again = cartridges.load("A00003L8", 0);
        Tapes.assertBlocks(again, 1000, 1, 2);
        Tapes.assertEndOfData(again);
    }

    @Test
    void aCartridgeThatIsCalibratedIsShownAndWaitedForAndNotLetGoOf() throws Exception {
        cartridges.reopen("load: calibrating 7000 s");
        pool = cartridges.pool(Cartridges.POOL);
        AtomicInteger shown = new AtomicInteger();
        cartridges.watched().start();
        cartridges.watched().before((name, number) -> {
            if (name.equals("load") && problem().equals("not ready yet: calibrating")) {
                shown.incrementAndGet();
            }
        });
        put(pool, "packs/2");
        assertEquals(0, cartridges.watched().count("unload"), cartridges.watched().calls().toString());
        assertTrue(shown.get() > 100, shown + " times");
        assertEquals("", problem());
        assertThere(pool, "packs/1");
    }

    private String problem() throws BackupException {
        return cartridges.store().operator().elements().elements().stream().filter(element -> element.drive() == 0).findFirst().orElseThrow().problem();
    }
}
