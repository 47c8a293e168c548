package org.azekura.server.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Volume;
import org.junit.jupiter.api.Test;

class ReserveTest {

    private static final PoolName TAPE = new PoolName("tape");
    private static final PoolName THIRD = new PoolName("tape.set3");
    private final List<Volume> volumes = new ArrayList<>();

    private void liesOn(String pool) {
        VolumeId id = new VolumeId(1, volumes.size());
        volumes.add(new Volume(id, new PoolName(pool), pool + "-1", "A" + volumes.size(), Volume.State.FULL, "slot", 5, 100, id, 1, null, null, null, 0, null));
    }

    private int kept(PoolName pool) {
        return Reserve.kept(volumes, pool, MediaRules.usual(TAPE));
    }

    @Test
    void allSetsOfAPoolCountTogether() {
        liesOn("tape");
        liesOn("tape.set2");
        liesOn("other.set3");
        assertEquals(0, kept(THIRD));
        liesOn("tape.set3");
        assertEquals(List.of(1, 1, 0), List.of(kept(TAPE), kept(THIRD), kept(new PoolName("other"))));
    }

    @Test
    void whatWinsOthersIsSaidForThePool() {
        assertTrue(new Reserve(THIRD, 1, 1).words().endsWith("azekura prune --pool tape wins others"));
    }
}
