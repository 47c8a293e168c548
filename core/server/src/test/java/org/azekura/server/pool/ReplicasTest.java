package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.azekura.api.ApplianceId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Replica;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicasTest {

    @TempDir
    Path home;

    /** Who asks the node of a cartridge what lies on it may not ask for sets that are in the vault. */
    @Test
    void onTheMediaOfASetLiesNothingOfAnother() throws Exception {
        try (CatalogDoor door = new CatalogDoor(home)) {
            door.catalog().write(edit -> {
                for (String pool : List.of("tape", "tape.set2", "disk", "disk.in.tape", "disk.in.tape.set2")) {
                    edit.putPool(Rows.pool(pool));
                }
                edit.putMediaSet(MediaSet.of(new PoolName("tape"), 2));
                edit.putVolume(Rows.volume(1, "tape", "tape-1"));
                edit.putVolume(Rows.volume(2, "tape.set2", "tape.set2-1"));
                for (String within : List.of("tape", "tape.set2")) {
                    edit.putReplica(new Replica(new PoolName("disk.in." + within), new PoolName("disk"), new PoolName(within)));
                }
                return null;
            });
            MediaPools pools = new MediaPools(new ApplianceId(1, 1), new NodeName("node-1"), door.catalog(), null, null, null, null);
            assertEquals(List.of("tape", "disk.in.tape"), onMediaOf(pools, "tape"));
            assertEquals(List.of("tape.set2", "disk.in.tape.set2"), onMediaOf(pools, "tape.set2"));
            assertEquals(4, pools.withReplicas(List.of(pools.get(new PoolName("tape")))).size());
        }
    }

    private static List<String> onMediaOf(MediaPools pools, String set) throws Exception {
        return pools.onMediaOf(pools.get(new PoolName(set))).stream().map(pool -> pool.name().value()).toList();
    }
}
