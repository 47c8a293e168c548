package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.message.PoolAnswer;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCoverTest {

    private CatalogDoor door;

    /** The catalog has lines 1 to 5, and 9 to 12. */
    @BeforeEach
    void open(@TempDir Path dir) throws BackupException {
        door = new CatalogDoor(dir);
        door.catalog().write(edit -> {
            for (long number : new long[] {1, 2, 3, 4, 5, 9, 10, 11, 12}) {
                edit.addAudit(new AuditEntry(number, Instant.EPOCH, Instant.EPOCH, "user ann", "", "POST jobs", "", "done", new byte[32]));
            }
            return null;
        });
    }

    @AfterEach
    void close() {
        door.close();
    }

    private static PoolAnswer.SegmentFound whole(long first, long last) {
        return new PoolAnswer.SegmentFound("w", first, last, null);
    }

    private static PoolAnswer.SegmentFound broken(long first, long last) {
        return new PoolAnswer.SegmentFound("b", first, last, "it is not what was written");
    }

    private AuditCover cover(PoolAnswer.SegmentFound... all) {
        return AuditCover.of(door.catalog(), List.of(all));
    }

    @Test
    void aBrokenSegmentIsReplacedOnlyIfAllOfItsLinesAreElsewhere() throws Exception {
        assertTrue(cover().replaces(broken(2, 4), 12));
        assertFalse(cover().replaces(broken(2, 6), 12), "the catalog lacks line 6");
        assertFalse(cover().replaces(broken(6, 8), 12));
        assertFalse(cover().replaces(broken(8, 10), 12));
        assertTrue(cover(whole(6, 8)).replaces(broken(2, 10), 12));
        assertTrue(cover(whole(7, 9), whole(6, 6)).replaces(broken(2, 10), 12));
        assertFalse(cover(whole(7, 8)).replaces(broken(2, 10), 12));
        assertFalse(cover(broken(6, 8)).replaces(broken(6, 8), 12), "it does not replace itself");
    }

    @Test
    void whatTheCatalogHasReplacesNothingBeforeItIsWritten() throws Exception {
        assertTrue(cover().replaces(broken(2, 4), 4));
        assertFalse(cover().replaces(broken(2, 4), 3));
        assertTrue(cover(whole(4, 4)).replaces(broken(2, 4), 3));
        assertTrue(cover(whole(1, 5)).replaces(broken(2, 4), 0));
    }

    @Test
    void aNameOfManyLinesIsReadByParts() throws Exception {
        assertFalse(cover().replaces(broken(1, Long.MAX_VALUE - 1), 12));
        assertFalse(cover().replaces(broken(9, 100_000), 100_000));
    }

    @Test
    void linesAreLackingWhereNoWholeSegmentHasThemAndTheCatalogDoes() throws Exception {
        assertEquals(Optional.of(1L), cover().lacking(12));
        assertEquals(Optional.of(9L), cover(whole(1, 5)).lacking(12), "6 to 8 can't be written again, what is behind can");
        assertEquals(Optional.empty(), cover(whole(1, 5), whole(9, 12)).lacking(12));
        assertEquals(Optional.of(4L), cover(whole(1, 3), whole(9, 12), broken(4, 8)).lacking(12));
        assertEquals(Optional.empty(), cover(whole(1, 5)).lacking(5));
        assertEquals(Optional.empty(), cover().lacking(0));
    }
}
