package org.azekura.server.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.message.PackAnswer.PackUse;
import org.azekura.api.server.JobResult;
import org.junit.jupiter.api.Test;

class PackFateTest {

    private static PackUse pack(int liveChunks, long liveBytes, boolean pinned, boolean whole) {
        return new PackUse(new PackId(1, liveBytes), false, 1000, 10, liveChunks, liveBytes, pinned, whole);
    }

    @Test
    void aPackOfWhichNothingIsAliveGoes() {
        assertEquals(PackFate.DEAD, PackFate.of(pack(0, 0, false, true), false, false, 50));
        assertEquals(PackFate.DEAD, PackFate.of(pack(0, 0, false, true), false, false, 0));
    }

    @Test
    void theLiveRatioDecidesWhatIsRewritten() {
        assertEquals(PackFate.SPARSE, PackFate.of(pack(1, 499, false, true), false, false, 50));
        assertEquals(PackFate.ALIVE, PackFate.of(pack(1, 500, false, true), false, false, 50));
        assertEquals(PackFate.ALIVE, PackFate.of(pack(1, 1, false, true), false, false, 0));
        assertEquals(PackFate.SPARSE, PackFate.of(pack(9, 999, false, true), false, false, 100));
    }

    @Test
    void whatSomebodyReliesOnStaysHoweverDeadItLooks() {
        assertEquals(PackFate.OF_A_JOB, PackFate.of(pack(0, 0, false, true), false, true, 50));
        assertEquals(PackFate.PINNED, PackFate.of(pack(0, 0, true, true), false, false, 50));
        assertEquals(PackFate.UNKNOWN, PackFate.of(pack(0, 0, false, false), false, false, 50));
    }

    @Test
    void whatItsMediumLocksIsNotTouched() {
        assertEquals(PackFate.LOCKED, PackFate.of(pack(0, 0, false, true), true, false, 50));
        assertEquals(PackFate.LOCKED, PackFate.of(pack(1, 1, false, true), true, false, 50));
    }

    @Test
    void whatIsPaidForStillStaysIfItWouldGo() {
        assertEquals(PackFate.PAID, PackFate.DEAD.whilePaid());
        assertEquals(PackFate.PAID, PackFate.SPARSE.whilePaid());
        assertEquals(PackFate.LOCKED, PackFate.LOCKED.whilePaid());
        assertEquals(PackFate.ALIVE, PackFate.ALIVE.whilePaid());
    }

    @Test
    void theTallyAddsUp() {
        PruneTally tally = new PruneTally();
        PoolName pool = new PoolName("main");
        tally.add(pool, pack(0, 0, false, true), PackFate.DEAD);
        tally.add(pool, pack(0, 0, false, true), PackFate.DEAD);
        tally.add(pool, pack(1, 100, false, true), PackFate.SPARSE);
        tally.add(pool, pack(8, 800, false, true), PackFate.ALIVE);
        tally.written(130);
        JobResult.Prune result = tally.result(false, 7);
        assertEquals(List.of(4, 2, 1, 1), List.of(result.packs(), result.dropped(), result.rewritten(), result.kept()));
        assertEquals(List.of(3000L, 130L, 900L, 7L), List.of(result.freed(), result.written(), result.live(), result.pages()));
        assertEquals(List.of("dropped", "rewritten", "kept"), result.reasons().stream().map(JobResult.Reason::action).toList());
        assertEquals(3, result.plans().size());
    }

    @Test
    void aSmallPackWithNothingDeadStaysHoweverMuchItsHeaderWeighs() {
        assertEquals(PackFate.ALIVE, PackFate.of(pack(10, 300, false, true), false, false, 50));
        assertEquals(PackFate.SPARSE, PackFate.of(pack(9, 300, false, true), false, false, 50));
    }
}
