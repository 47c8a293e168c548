package org.azekura.storagenode.cartridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Drive;
import org.azekura.engine.volume.Label;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that has lost its note of a cartridge finds it on the cartridge itself, where the memory of that says. */
class OwnNoteTest {

    private static final String CARTRIDGE = "A00001L8";

    @TempDir
    Path dir;
    private Cartridges cartridges;
    private BlobStore pool;
    private final Map<String, Long> expected = new TreeMap<>();
    private int packs;
    private final Random random = Seeds.random(Seeds.start());

    @BeforeEach
    void begin() throws Exception {
        cartridges = new Cartridges(dir, 1);
        pool = cartridges.labelled(Cartridges.POOL);
        expected.put("azekura-label", (long) Label.BYTES);
    }

    @AfterEach
    void end() {
        cartridges.close();
    }

    private void put(int count, int bytes) throws BackupException {
        for (int i = 0; i < count; i++) {
            String key = "packs/%04d".formatted(++packs);
            byte[] content = new byte[bytes];
            random.nextBytes(content);
            Blobs.put(pool, key, content);
            expected.put(key, (long) bytes);
        }
    }

    private void put(int count) throws BackupException {
        put(count, 1000);
    }

    private void sumUp() throws BackupException {
        cartridges.store().sumUp(Cartridges.POOL);
    }

    /** What a node without notes finds; how often it reads. */
    private int found(String... faults) throws Exception {
        cartridges.shelve(0);
        cartridges.close();
        cartridges.forgetNotes();
        cartridges.open(faults);
        AtomicInteger reads = new AtomicInteger();
        cartridges.watched().before((name, number) -> reads.addAndGet(name.equals("read") ? 1 : 0));
        pool = cartridges.pool(Cartridges.POOL);
        Map<String, Long> there = new TreeMap<>();
        pool.list("", blob -> there.put(blob.key(), blob.size()));
        assertEquals(expected, there);
        return reads.get();
    }

    @Test
    void onlyWhatCameSinceIsRead() throws Exception {
        put(100);
        sumUp();
        put(3);
        pool.delete("packs/0007");
        expected.remove("packs/0007");
        int reads = found();
        assertTrue(reads < 40, reads + " reads");
        // it is written on as before
        put(2);
        sumUp();
        assertTrue(found() < 40);
    }

    @Test
    void withoutItEverythingIsRead() throws Exception {
        put(100);
        assertTrue(found() > 200);
    }

    private long post() throws BackupException {
        return cartridges.library().drives().getFirst().signpost().orElseThrow().object();
    }

    @Test
    void theLastOfSeveralNotesIsTheOneThatIsRead() throws Exception {
        put(50);
        sumUp();
        long first = post();
        put(50);
        sumUp();
        assertTrue(post() > first + 100, "the second is pointed to at " + post() + ", the first at " + first);
        put(5);
        int reads = found();
        assertTrue(reads < 40, reads + " reads");
    }

    @Test
    void aMemoryThatIsNotTheNewestLeadsToAnOlderNote() throws Exception {
        put(50);
        sumUp();
        put(50);
        sumUp();
        put(5);
        int reads = found("load of " + CARTRIDGE + ": old memory");
        assertTrue(reads > 100 && reads < 200, reads + " reads");
    }

    @Test
    void aMemoryThatIsWrongIsNotBelieved() throws Exception {
        put(20);
        sumUp();
        String volume = Label.parse(Cartridges.label(Cartridges.POOL)).volume().toString();
        for (Drive.Signpost wrong : new Drive.Signpost[] {new Drive.Signpost(volume, 7), new Drive.Signpost(volume, 8), new Drive.Signpost(volume, 0),
                new Drive.Signpost(volume, 1L << 33), new Drive.Signpost("another", 7)}) {
            cartridges.shelve(0);
            cartridges.close();
            cartridges.open();
            cartridges.load(CARTRIDGE, 0).signpost(wrong);
            assertTrue(found() > 40, wrong.toString());
            put(1);
        }
    }

    @Test
    void aNoteThatCannotBeReadCostsReadingThrough() throws Exception {
        put(20);
        sumUp();
        cartridges.shelve(0);
        cartridges.close();
        cartridges.open();
        long at = cartridges.load(CARTRIDGE, 0).signpost().orElseThrow().object();
        assertTrue(found("read block " + at + " of " + CARTRIDGE + ": medium error") > 40);
    }

    /** A pack is read through sooner than a drive finds its end. */
    @Test
    void whatHasToBeReadThroughIsReadAtTheSpeedOfTheDrive() throws Exception {
        put(3, 2_000_000);
        Duration few = time();
        put(8, 2_000_000);
        Duration more = time().minus(few);
        assertTrue(more.toMillis() < 8 * 500, more.toString());
    }

    private Duration time() throws Exception {
        cartridges.shelve(0);
        cartridges.close();
        cartridges.forgetNotes();
        cartridges.open();
        Duration before = cartridges.library().elapsed(0);
        pool = cartridges.pool(Cartridges.POOL);
        pool.size("packs/0001");
        return cartridges.library().elapsed(0).minus(before);
    }
}
