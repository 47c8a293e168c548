package org.azekura.client.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FileStatTest {

    private static FileStat at(long second, int nano) {
        return new FileStat(FileType.FILE, 0644, 0, 0, 1, 5, 9, 10, 8, second, nano, 2000, 0, 0);
    }

    @Test
    void timesBeforeAndAfter1970AreToldExactly() {
        assertEquals(Instant.parse("1969-12-31T23:59:59.000000001Z"), at(-1, 1).mtime());
        assertEquals(Instant.parse("2001-09-09T01:46:40.999999999Z"), at(1_000_000_000, 999_999_999).mtime());
        assertTrue(at(-1, 1).timesCanBeTold());
    }

    @Test
    void timesBeyondAllBoundsAreToldAsTheNext() {
        for (long second : new long[] {Long.MAX_VALUE, Instant.MAX.getEpochSecond() + 1}) {
            assertEquals(Instant.MAX, at(second, 5).mtime());
            assertFalse(at(second, 5).timesCanBeTold());
        }
        assertEquals(Instant.MIN, at(Long.MIN_VALUE, 5).mtime());
        assertEquals(Instant.MAX, at(Instant.MAX.getEpochSecond(), -1 >>> 1).mtime());
    }
}
