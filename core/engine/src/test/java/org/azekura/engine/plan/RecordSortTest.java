package org.azekura.engine.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;

class RecordSortTest {

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private byte[] record(long key) {
        // now and then longer than any buffer
        int length = Long.BYTES + (random.nextInt(100) == 0 ? random.nextInt(200_000) : random.nextInt(300));
        byte[] record = new byte[length];
        random.nextBytes(record);
        ByteBuffer.wrap(record).putLong(key);
        return record;
    }

    private void sorts(int count, long memory) throws BackupException {
        List<byte[]> all = new ArrayList<>();
        List<Long> places = new ArrayList<>();
        List<byte[]> sorted = new ArrayList<>();
        try (RecordSort sort = new RecordSort(Long.BYTES, memory)) {
            for (int i = 0; i < count; i++) {
                byte[] record = record(i * 0x9E3779B97F4A7C15L);
                all.add(record);
                sort.add(record);
            }
            long end = sort.sort((at, record) -> {
                places.add(at);
                sorted.add(record);
            });
            all.sort((a, b) -> Arrays.compareUnsigned(a, 0, Long.BYTES, b, 0, Long.BYTES));
            assertEquals(all.size(), sorted.size(), "seed " + seed);
            for (int i = 0; i < count; i++) {
                assertArrayEquals(all.get(i), sorted.get(i), "seed " + seed);
            }
            for (int tries = 0; tries < 20 && count > 0; tries++) {
                int from = random.nextInt(count);
                int to = from + random.nextInt(count - from + 1);
                RecordSort.Stretch stretch = sort.stretch(places.get(from), to < count ? places.get(to) : end);
                for (int i = from; i < to; i++) {
                    assertArrayEquals(all.get(i), stretch.next(), "seed " + seed);
                }
                assertNull(stretch.next(), "seed " + seed);
            }
        }
    }

    @Test
    void sortsWhatFitsInMemory() throws BackupException {
        sorts(500, Long.MAX_VALUE);
    }

    @Test
    void sortsWhatDoesNot() throws BackupException {
        sorts(3_000, 100_000);
    }

    @Test
    void sortsWhatEndsWithAFullRun() throws BackupException {
        sorts(50, 1);
    }

    @Test
    void sortsNothing() throws BackupException {
        sorts(0, 1);
    }
}
