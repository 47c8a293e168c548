package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.PoolAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that two servers order something of. */
@Timeout(300)
class TwoServersTest {

    @TempDir
    Path dir;
    private NodeBench bench;
    private FakeServer first;
    private FakeServer second;

    @BeforeEach
    void open() throws Exception {
        bench = new NodeBench(dir, "second");
        first = bench.server;
        second = bench.second;
        bench.pool();
        second.order(bench.openOrder(false), PoolAnswer.VolumeReady.class);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private NodeBench.Client prepared(FakeServer by, int job) throws BackupException {
        by.order(new NodeOrder.PrepareVolume(new JobId(job), NodeBench.POOL, NodeBench.CLIENT, NodeBench.GROUP, true), PoolAnswer.VolumeReady.class);
        return bench.dial(TestTickets.ticket(new JobId(job), NodeBench.POOL, NodeBench.CLIENT, NodeBench.GROUP, true));
    }

    private static void ends(NodeBench.Client client) throws Exception {
        client.talk.ended().get(120, TimeUnit.SECONDS);
    }

    @Test
    void eachIsToldOfItsOwnJobsAndLosesNoOther() throws Exception {
        try (NodeBench.Client one = prepared(first, 1); NodeBench.Client two = prepared(second, 2)) {
            one.store(one.newChunks(5), 100);
            two.store(two.newChunks(5), 100);
            assertTrue(first.packs.stream().allMatch(pack -> pack.job().value() == 1) && !first.packs.isEmpty(), first.packs::toString);
            assertTrue(second.packs.stream().allMatch(pack -> pack.job().value() == 2) && !second.packs.isEmpty(), second.packs::toString);
            second.hangUp();
            ends(two);
            int before = first.packs.size();
            one.store(one.newChunks(5), 100);
            assertEquals(before + 1, first.packs.size());
            assertFalse(one.talk.ended().isDone());
        }
    }

    @Test
    void aPoolThatBothHaveOpenedGoesOn() throws Exception {
        try (NodeBench.Client one = prepared(first, 1)) {
            one.store(one.newChunks(5), 100);
            second.order(bench.openOrder(false), PoolAnswer.VolumeReady.class);
            one.store(one.newChunks(5), 100);
            first.order(bench.openOrder(false), PoolAnswer.VolumeReady.class);
            one.store(one.newChunks(5), 100);
            assertEquals(3, first.packs.size());
        }
    }

    @Test
    void aJobThatTheOtherServerBeginsIsThatOnesFromThenOn() throws Exception {
        try (NodeBench.Client one = prepared(first, 1)) {
            one.store(one.newChunks(5), 100);
            try (NodeBench.Client again = prepared(second, 1)) {
                ends(one);
                again.store(again.newChunks(5), 100);
                assertEquals(1, first.packs.size());
                assertEquals(1, second.packs.size());
                first.order(new NodeOrder.EndJob(new JobId(1)), Answer.Done.class);
                first.hangUp();
                first.awaitNode();
                again.store(again.newChunks(5), 100);
                assertEquals(2, second.packs.size());
            }
        }
    }

    @Test
    void oneThatAnotherHasTakenThePlaceOfWritesNoMore() throws Exception {
        try (NodeBench.Client one = prepared(first, 1)) {
            one.store(one.newChunks(5), 100);
            second.epoch = 1;
            second.hangUp();
            second.awaitNode();
            ends(one);
            assertThrows(BackupException.class, () -> prepared(first, 3));
            assertEquals(1, first.packs.size());
            try (NodeBench.Client two = prepared(second, 1)) {
                two.store(two.newChunks(5), 100);
                assertEquals(1, second.packs.size());
            }
        }
    }
}
