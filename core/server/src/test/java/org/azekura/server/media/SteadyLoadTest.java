package org.azekura.server.media;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.catalog.Rows.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool of ten cartridges that is always as full, of packs that go at any time: all cartridges get half full together. Prune comes once a day. */
class SteadyLoadTest {

    private static final int YEARS = 3 * 366;

    private SteadyLoad lived(int percent, int reserve, boolean forRoom) {
        SteadyLoad load = new SteadyLoad(Seeds.random(Seeds.start()), percent, reserve, forRoom);
        load.live(YEARS);
        return load;
    }

    @Test
    void sevenTenthsLiveForThreeYears() {
        SteadyLoad load = lived(70, 1, true);
        assertEquals(0, load.late(), load.toString());
        assertTrue(load.again() > 50, load.toString());
    }

    /** A pool that is fuller waits for what goes: of ten cartridges one is left for copies, and one is written. */
    @Test
    void fourFifthsAreTooMuch() {
        assertEquals(0, lived(75, 1, true).late());
        assertTrue(lived(80, 1, true).late() > YEARS / 10);
    }

    /** As it was with the share alone below which a cartridge is copied away. */
    @Test
    void byTheShareAloneAllAreHalfFullAndNothingIsWon() {
        SteadyLoad load = lived(70, 0, false);
        assertTrue(load.late() > YEARS / 4, load.toString());
    }

    @Test
    void theLastFreeCartridgeIsForCopiesAlone(@TempDir Path dir) throws Exception {
        try (Shelf shelf = new Shelf(dir)) {
            for (int i = 0; i < 4; i++) {
                shelf.slots.put(1000 + i, "A%05d".formatted(i));
            }
            VolumeId last = null;
            for (int number = 1; number <= 3; number++) {
                PoolAnswer.VolumeChosen chosen = shelf.want(Shelf.MAIN, last, number);
                last = shelf.labelled(chosen, chosen.barcode().value()).volume();
            }
            VolumeId full = last;
            BackupException none = assertRefused("media.none", () -> shelf.want(Shelf.MAIN, full, 4));
            assertTrue(none.getMessage().contains("its last free cartridge is left for copies"), none.getMessage());
            assertTrue(shelf.reserve(pool("main")).isReached() && !shelf.fits(pool("main")));
            Answer answer = shelf.tell(new NodeReport.VolumeWanted(Shelf.MAIN, full, 4, List.of(), true));
            assertTrue(answer instanceof PoolAnswer.VolumeChosen, answer.toString());
        }
    }
}
