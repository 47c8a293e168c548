package org.azekura.rest.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.azekura.api.PoolName;
import org.azekura.api.server.Pools;
import org.junit.jupiter.api.Test;

class SetPlaceTest {

    private static SetPlace of(Map<String, Integer> sets, String row) throws Exception {
        Pools pools = (Pools) Proxy.newProxyInstance(Pools.class.getClassLoader(), new Class<?>[] {Pools.class},
                (self, method, args) -> sets.getOrDefault(((PoolName) args[0]).value(), 1));
        return SetPlace.of(pools, new PoolName(row));
    }

    @Test
    void aVolumeOfAnySetIsInItsPool() throws Exception {
        Map<String, Integer> sets = Map.of("tape.set2", 2, "tape.set10", 10);
        assertEquals(new SetPlace("tape", 1), of(sets, "tape"));
        assertEquals(new SetPlace("tape", 2), of(sets, "tape.set2"));
        assertEquals(new SetPlace("tape", 10), of(sets, "tape.set10"));
    }

    @Test
    void aSetThatWasFoundAloneIsAPoolOfItsOwn() throws Exception {
        assertEquals(new SetPlace("tape.set2", 1), of(Map.of(), "tape.set2"));
    }
}
