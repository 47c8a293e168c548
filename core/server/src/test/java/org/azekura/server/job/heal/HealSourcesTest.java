package org.azekura.server.job.heal;

import static org.azekura.testkit.catalog.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool with three copies: on cartridges, on a disk elsewhere, and on another disk of its own storage node. */
class HealSourcesTest {

    @TempDir
    Path home;
    private CatalogDoor door;

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        door.change(edit -> {
            for (String name : List.of("main", "other", "tape", "away", "near")) {
                Pool pool = Rows.pool(name);
                edit.putPool(name.equals("away") ? with(pool, "node", new NodeName("elsewhere")) : pool);
            }
            edit.putVolume(with(Rows.volume(1, "tape", "tape-1"), "barcode", "A1"));
            for (String within : List.of("tape", "away", "near")) {
                Pool row = Rows.pool("main.in." + within);
                edit.putPool(within.equals("away") ? with(row, "node", new NodeName("elsewhere")) : row);
                edit.putReplica(new Replica(row.name(), new PoolName("main"), new PoolName(within)));
            }
            edit.putPool(Rows.pool("other.in.near"));
            edit.putReplica(new Replica(new PoolName("other.in.near"), new PoolName("other"), new PoolName("near")));
        });
    }

    @AfterEach
    void close() {
        door.close();
    }

    private List<String> of(String damaged) throws Exception {
        return door.catalog().read(view -> HealSources.of(view, view.pool(new PoolName(damaged)).orElseThrow())).stream().map(pool -> pool.name().value()).toList();
    }

    @Test
    void whatIsNearComesFirstAndCartridgesLast() throws Exception {
        assertEquals(List.of("main.in.near", "main.in.away", "main.in.tape"), of("main"));
    }

    @Test
    void aCopyIsHealedFromThePoolAndTheOtherCopiesAndNeverFromItself() throws Exception {
        assertEquals(List.of("main", "main.in.near", "main.in.tape"), of("main.in.away"));
        assertEquals(List.of("main", "main.in.away", "main.in.tape"), of("main.in.near"));
    }

    @Test
    void aPoolWithoutCopiesHasNowhereToBeHealedFrom() throws Exception {
        assertEquals(List.of(), of("near"));
        assertEquals(List.of("other.in.near"), of("other"));
    }
}
