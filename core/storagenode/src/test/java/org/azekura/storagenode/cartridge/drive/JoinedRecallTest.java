package org.azekura.storagenode.cartridge.drive;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.lease.MountRules;
import org.azekura.storagenode.lease.Pass;
import org.azekura.testkit.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two restores of one cartridge, by the clock of the simulated drive. A pack is a few blocks, each of which is asked for by itself. */
class JoinedRecallTest {

    private static final int PACK = 4;
    private static final int PACKS = 100;

    @TempDir
    Path dir;
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private long stands;

    private List<Long> wanted() {
        Set<Long> objects = new TreeSet<>();
        while (objects.size() < PACKS) {
            objects.add((long) PACK * random.nextInt(FullTape.BLOCKS / PACK));
        }
        return List.copyOf(objects);
    }

    /** The block that was read last is in memory still. */
    private void read(Drive drive, long block) throws BackupException {
        if (stands == block + 1) {
            return;
        }
        if (stands != block) {
            drive.locate(Position.of(block));
        }
        FullTape.read(drive);
        stands = block + 1;
    }

    private static Pass.Plan plan(Drive drive, List<Long> objects, boolean joins) throws BackupException {
        return RecallOrder.plan(drive, objects.stream().map(Position::of).toList(), joins);
    }

    private void begin(Drive drive) throws BackupException {
        drive.rewind();
        stands = 0;
    }

    /** Block by block in turns, as they are asked for. */
    private double inTurns(Simulator library, Drive drive, List<Long> one, List<Long> other) throws BackupException {
        begin(drive);
        double before = seconds(library);
        List<Long> first = plan(drive, one, false).order();
        List<Long> second = plan(drive, other, false).order();
        for (int i = 0; i < PACKS * PACK; i++) {
            read(drive, first.get(i / PACK) + i % PACK);
            read(drive, second.get(i / PACK) + i % PACK);
        }
        return seconds(library) - before;
    }

    /** One restore, then the other. */
    private double alone(Simulator library, Drive drive, List<Long> one, List<Long> other) throws BackupException {
        begin(drive);
        double before = seconds(library);
        for (List<Long> objects : List.of(one, other)) {
            for (long object : plan(drive, objects, false).order()) {
                for (int i = 0; i < PACK; i++) {
                    read(drive, object + i);
                }
            }
        }
        return seconds(library) - before;
    }

    /** The second one comes when the first has read a tenth. */
    private double joined(Simulator library, Drive drive, List<Long> one, List<Long> other) throws Exception {
        begin(drive);
        double before = seconds(library);
        Pass pass = new Pass(MountRules.USUAL, () -> library.elapsed(0).toNanos());
        CyclicBarrier tenth = new CyclicBarrier(2);
        Together.run(2, i -> {
            JobId job = new JobId(1 + i);
            pass.expect(job);
            if (i == 1) {
                tenth.await(120, TimeUnit.SECONDS);
            }
            List<Long> order = pass.join(job, i == 0 ? one : other, (all, joins) -> plan(drive, all, joins));
            if (i == 1) {
                tenth.await(120, TimeUnit.SECONDS);
            }
            for (int pack = 0; pack < PACKS; pack++) {
                if (i == 0 && pack == PACKS / 10) {
                    tenth.await(120, TimeUnit.SECONDS);
                    tenth.await(120, TimeUnit.SECONDS);
                }
                for (int block = 0; block < PACK; block++) {
                    try (Pass.Step _ = pass.enter(job, order.get(pack), block, () -> false)) {
                        read(drive, order.get(pack) + block);
                    }
                }
            }
            pass.leave(job);
            return null;
        });
        return seconds(library) - before;
    }

    private static double seconds(Simulator library) {
        return library.elapsed(0).toMillis() / 1000.0;
    }

    @Test
    void whoJoinsCostsLittleMore() throws Exception {
        FullTape.use(dir, (library, drive) -> {
            List<Long> one = wanted();
            List<Long> other = new ArrayList<>(wanted());
            double turns = inTurns(library, drive, one, other);
            double alone = alone(library, drive, one, other);
            double joined = joined(library, drive, one, other);
            System.out.printf("two restores of %d packs: block by block in turns %.0f s, one after the other %.0f s, joined %.0f s%n", PACKS, turns, alone, joined);
            assertTrue(joined < 0.5 * turns && joined < 1.25 * alone, "seed " + seed + ": " + joined + ", " + alone + ", " + turns);
        });
    }
}
