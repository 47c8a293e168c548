package org.azekura.server.job.prune;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.job.run.Halt;
import org.azekura.server.pool.PoolCheckpoint;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneEndTest {

    private static final Pool ONE = Rows.pool("one");
    private static final Pool TWO = Rows.pool("two");

    @TempDir
    Path home;
    private CatalogDoor door;
    private final Steps steps = new Steps();
    private final Halt halt = new Halt();

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        for (Pool pool : List.of(ONE, TWO)) {
            steps.write(pool);
        }
        steps.done.clear();
    }

    @AfterEach
    void close() {
        door.close();
    }

    private interface Recycles {
        void run() throws BackupException;
    }

    /** Checkpoints that can be written, and what recycling does of each pool. */
    private final class Steps implements PruneEnd.Steps {

        final List<String> done = new ArrayList<>();
        final Map<Pool, Recycles> recycles = new HashMap<>();
        final Set<Pool> closed = new HashSet<>();
        Pool away;

        @Override
        public boolean isClosed(Pool pool) {
            return closed.contains(pool);
        }

        @Override
        public void write(Pool pool) throws BackupException {
            done.add("write " + pool.name());
            if (pool.equals(away)) {
                return;
            }
            catalog().write(edit -> {
                edit.putSetting("checkpoint." + pool.name(), "1 2 3 4");
                return null;
            });
        }

        @Override
        public void recycle(Pool pool) throws BackupException {
            done.add("recycle " + pool.name());
            recycles.getOrDefault(pool, () -> { }).run();
        }
    }

    private CatalogStore catalog() {
        return door.catalog();
    }

    private boolean isDue(Pool pool) throws BackupException {
        return PoolCheckpoint.isDue(catalog(), pool.name());
    }

    private void changes(Pool pool) throws BackupException {
        PoolCheckpoint.due(catalog(), pool.name());
    }

    private void end() throws BackupException {
        new PruneEnd(catalog(), List.of(ONE, TWO), halt, steps).run();
    }

    private static BackupException failure(String code) {
        return BackupException.media(code, "x", "a failure of the test", null);
    }

    @Test
    void whatWasDroppedIsWrittenBeforeCartridgesAreCopiedAway() throws Exception {
        end();
        assertEquals(List.of("write one", "write two", "recycle one", "recycle two"), steps.done);
    }

    @Test
    void aClosedSetOfWhichTheLastSaysAllIsNotBrought() throws Exception {
        steps.closed.add(ONE);
        catalog().write(edit -> {
            edit.putSetting("checkpoint.one", "0 0 0 4");
            return null;
        });
        end();
        assertEquals(List.of("write two", "recycle one", "recycle two"), steps.done);
        catalog().write(edit -> {
            edit.putPool(ONE);
            edit.putSnapshot(Rows.snapshot(1, "one", "web", "etc"));
            return null;
        });
        steps.done.clear();
        end();
        assertEquals(List.of("write one", "write two", "recycle one", "recycle two"), steps.done);
    }

    @Test
    void isWrittenAgainWhereRecyclingChangedSomething() throws Exception {
        steps.recycles.put(TWO, () -> changes(TWO));
        end();
        assertEquals(List.of("write one", "write two", "recycle one", "recycle two", "write two"), steps.done);
        assertFalse(isDue(TWO));
    }

    @Test
    void oneWhoseNodeDoesNotTakeItIsAskedOnce() throws Exception {
        steps.away = ONE;
        end();
        assertEquals(List.of("write one", "write two", "recycle one", "recycle two"), steps.done);
        assertTrue(isDue(ONE));
    }

    @Test
    void onePoolThatFailsKeepsNothingFromOthers() throws Exception {
        steps.recycles.put(ONE, () -> {
            changes(ONE);
            throw failure("node.lost");
        });
        steps.recycles.put(TWO, () -> changes(TWO));
        assertRefused("node.lost", this::end);
        assertEquals(List.of("write one", "write two", "recycle one", "recycle two", "write one", "write two"), steps.done);
    }

    @Test
    void oneThatIsCancelledLeavesTheRestToTheNextBackup() throws Exception {
        steps.recycles.put(ONE, () -> {
            changes(ONE);
            halt.say(failure("job.cancelled"));
            throw failure("node.lost");
        });
        assertRefused("job.cancelled", this::end);
        assertEquals(List.of("write one", "write two", "recycle one"), steps.done);
        assertTrue(isDue(ONE));
        assertFalse(isDue(TWO));
    }
}
