package org.azekura.client.mount;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.junit.jupiter.api.Test;

class FileBytesTest {

    private static final RawPath FILE = RawPath.of("/srv/image");
    private static final long SEED = 54;

    private final FakeFile file = new FakeFile(SEED, 40);
    private final FileBytes bytes = file.reader(new Shelf());

    @Test
    void readsAnyRangeAsItWasSavedAndNoMoreThanThereIs() throws BackupException {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            int from = random.nextInt(file.content.length + 1_000);
            int length = 1 + random.nextInt(random.nextBoolean() ? 64 : 200_000);
            int begin = Math.min(from, file.content.length);
            byte[] expected = Arrays.copyOfRange(file.content, begin, Math.min(file.content.length, begin + length));
            assertArrayEquals(expected, bytes.read(FILE, from, length), "seed " + SEED + ", " + length + " bytes from " + from);
        }
    }

    @Test
    void aDamagedChunkCostsTheBytesThatLieInItAndNoOthers() throws BackupException {
        int[] span = file.damage(7);
        var refused = assertThrows(BackupException.class, () -> bytes.read(FILE, span[1] - 1, 2));
        assertEquals("chunk.damaged", refused.failure().code());
        assertTrue(refused.getMessage().contains(FILE + " can't be read from byte " + span[0]), refused::getMessage);
        assertArrayEquals(Arrays.copyOfRange(file.content, 0, span[0]), bytes.read(FILE, 0, span[0]));
        assertArrayEquals(Arrays.copyOfRange(file.content, span[1], span[1] + 100), bytes.read(FILE, span[1], 100));
        file.heal();
        assertArrayEquals(Arrays.copyOfRange(file.content, span[0], span[1]), bytes.read(FILE, span[0], span[1] - span[0]));
    }

    @Test
    void whatLiesInAnArchiveCostsTheBytesThatLieInItIsNamedAndComesOnceItWasBrought() throws BackupException {
        int[] span = file.archive(7);
        assertArrayEquals(Arrays.copyOfRange(file.content, 0, span[0]), bytes.read(FILE, 0, span[0]));
        assertRefused("blob.archived", () -> bytes.read(FILE, span[1] - 1, 2));
        assertArrayEquals(Arrays.copyOfRange(file.content, span[1], span[1] + 100), bytes.read(FILE, span[1], 100));
        int asked = file.asked.get();
        assertArrayEquals(Arrays.copyOfRange(file.content, span[1], span[1] + 100), bytes.read(FILE, span[1], 100));
        assertEquals(asked, file.asked.get(), "beside it nobody is asked anew");
        file.bring();
        assertArrayEquals(Arrays.copyOfRange(file.content, span[0], span[1]), bytes.read(FILE, span[0], span[1] - span[0]));
    }

    @Test
    void manyWhoWantTheSameHaveEachChunkReadOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<byte[]>> readers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                readers.add(() -> bytes.read(FILE, 0, file.content.length));
            }
            for (Future<byte[]> read : threads.invokeAll(readers)) {
                assertArrayEquals(file.content, read.get());
            }
        }
        assertEquals(file.chunks(), file.reads.get());
    }

    @Test
    void whatCouldNotBeReadOnceIsTriedAgain() throws BackupException {
        file.fails = true;
        assertThrows(BackupException.class, () -> bytes.read(FILE, 0, 10));
        file.fails = false;
        assertArrayEquals(Arrays.copyOf(file.content, 10), bytes.read(FILE, 0, 10));
    }
}
