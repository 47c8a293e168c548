package org.azekura.server.job.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderedHealsTest {

    private static final PoolName POOL = new PoolName("default");

    @TempDir
    Path home;

    private CatalogDoor door;

    @BeforeEach
    void begin() throws Exception {
        door = new CatalogDoor(home);
        door.catalog().write(edit -> {
            edit.putPool(Rows.pool(POOL.value()));
            return null;
        });
    }

    @AfterEach
    void end() {
        door.close();
    }

    private List<Job> put(long... packs) throws Exception {
        return door.catalog().write(edit -> OrderedHeals.put(edit, POOL, LongStream.of(packs).mapToObj(pack -> new PackId(pack, 1)).toList()));
    }

    private static List<Long> packs(Job job) throws Exception {
        List<Long> packs = new ArrayList<>();
        ((JobOrder.Heal) JobCodecs.ORDERS.decode(job.order())).packs().forEach(pack -> packs.add(pack.high()));
        return packs;
    }

    @Test
    void nothingMissedOrdersNothing() throws Exception {
        assertEquals(List.of(), put());
    }

    @Test
    void whatIsOrderedAlreadyIsNotOrderedAgainUntilThatHasEnded() throws Exception {
        Job first = put(1, 2).getFirst();
        assertEquals("heal queued default", first.kind().word() + " " + first.state().word() + " " + first.pool());
        assertEquals(List.of(3L), packs(put(2, 3).getFirst()));
        assertEquals(List.of(), put(1, 3));
        door.catalog().write(edit -> {
            edit.putJob(new Job(first.id(), first.kind(), Job.State.DONE, null, POOL, first.started(), Instant.EPOCH, 0, 0, null, null, 1, first.order(), null));
            return null;
        });
        assertEquals(List.of(1L), packs(put(1, 3).getFirst()));
    }

    @Test
    void moreThanOneOrderHoldsAreSeveral() throws Exception {
        List<Job> jobs = put(LongStream.rangeClosed(0, JobOrder.Heal.MAX_PACKS).toArray());
        assertEquals(2, jobs.size());
        assertEquals(JobOrder.Heal.MAX_PACKS, packs(jobs.getFirst()).size());
        assertEquals(1, packs(jobs.getLast()).size());
    }
}
