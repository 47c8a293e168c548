package org.azekura.server.pool;

import static org.azekura.testkit.catalog.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Volume;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetDeskTest {

    private static final PoolName MAIN = new PoolName("main");
    private static final PoolName SECOND = new PoolName("main.set2");
    private static final PoolName COPIES = new PoolName("other.in.main");

    @TempDir Path home;
    private CatalogDoor door;
    private CatalogStore catalog;

    /** Two sets, the first on two cartridges, with copies of another pool. */
    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        catalog = door.catalog();
        catalog.write(edit -> {
            for (String name : List.of("main", "main.set2", "other", "other.in.main")) {
                edit.putPool(Rows.pool(name));
            }
            edit.putMediaSet(MediaSet.of(MAIN, 2));
            edit.putReplica(new Replica(COPIES, new PoolName("other"), MAIN));
            return null;
        });
        state(1, "main", 1, Volume.State.FULL);
        state(2, "main", 2, Volume.State.APPENDABLE);
        state(3, "main.set2", 1, Volume.State.APPENDABLE);
    }

    @AfterEach
    void close() {
        door.close();
    }

    private void state(int id, String pool, int number, Volume.State state) throws BackupException {
        catalog.write(edit -> {
            edit.putVolume(with(with(Rows.volume(id, pool, pool + "-" + number), "number", number), "state", state));
            return null;
        });
    }

    private SetDesk desk() {
        return new SetDesk(catalog, null, null, null, null);
    }

    private Pool pool(PoolName name) throws BackupException {
        return catalog.read(view -> view.pool(name)).orElseThrow();
    }

    /** Whether each is away, and can't be written. */
    private String looks(PoolName name) throws BackupException {
        SetDesk desk = desk();
        Pool pool = pool(name);
        return (desk.isAway(pool) ? "away " : "") + (desk.isUnwritable(pool) ? "unwritable" : "fine");
    }

    @Test
    void aClosedSetIsAwayWithAllOfItsCartridges() throws Exception {
        assertEquals("fine", looks(MAIN));
        state(1, "main", 1, Volume.State.MISSING);
        assertEquals("fine", looks(MAIN));
        state(2, "main", 2, Volume.State.MISSING);
        assertEquals("away unwritable", looks(MAIN));
        assertEquals("away unwritable", looks(COPIES));
        state(1, "main", 1, Volume.State.FULL);
        assertEquals("unwritable", looks(MAIN));
        assertEquals("unwritable", looks(COPIES));
    }

    @Test
    void aClosedSetIsVoidOnceAllOfItsCartridgesWereGivenUp() throws Exception {
        state(2, "main", 2, Volume.State.EXPIRED);
        state(1, "main", 1, Volume.State.MISSING);
        assertFalse(desk().isVoid(pool(MAIN)));
        state(1, "main", 1, Volume.State.EXPIRED);
        assertTrue(desk().isVoid(pool(MAIN)) && desk().isVoid(pool(COPIES)));
        assertFalse(desk().isVoid(pool(SECOND)));
        assertEquals(List.of(SECOND, MAIN), desk().withVoid(List.of(pool(SECOND))).stream().map(Pool::name).toList());
    }

    /** Its beginning was cut off. */
    @Test
    void aSetThatNothingLiesOnYetIsNotVoid() throws Exception {
        door.change(edit -> {
            edit.putPool(Rows.pool("main.set3"));
            edit.putMediaSet(MediaSet.of(MAIN, 3));
        });
        assertFalse(desk().isVoid(pool(new PoolName("main.set3"))));
        assertEquals(SECOND, desk().open(pool(MAIN)).name());
    }

    @Test
    void theOpenSetIsMeantToBeThere() throws Exception {
        state(3, "main.set2", 1, Volume.State.MISSING);
        assertEquals("fine", looks(SECOND));
    }
}
