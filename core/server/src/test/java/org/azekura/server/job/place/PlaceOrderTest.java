package org.azekura.server.job.place;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Pack;
import org.junit.jupiter.api.Test;

class PlaceOrderTest {

    private final Map<PackId, Pack> rows = new HashMap<>();

    private static List<PackId> ids(int... numbers) {
        return Arrays.stream(numbers).mapToObj(PlaceOrderTest::id).toList();
    }

    private static PackId id(int number) {
        return new PackId(0, number);
    }

    private void lies(int pack, int volume, String position) {
        rows.put(id(pack), new Pack(id(pack), new PoolName("p"), null, false, 10, 1, new VolumeId(0, volume), position, Instant.EPOCH));
    }

    @Test
    void goesThroughOneCartridgeAfterTheOther() {
        lies(1, 2, "900");
        lies(2, 1, "100/x");
        lies(3, 2, "1000");
        lies(4, 1, "20");
        lies(5, 2, "8");
        assertEquals(ids(5, 1, 3, 4, 2), PlaceOrder.of(ids(1, 2, 3, 4, 5), rows));
        assertEquals(ids(1, 2, 3, 4, 5), PlaceOrder.within(10, ids(1, 2, 3, 4, 5), rows));
        assertEquals(ids(1, 3, 2, 4, 5), PlaceOrder.within(25, ids(1, 2, 3, 4, 5), rows));
    }

    @Test
    void whatIsOnADiskOrNotKnownStaysAsItIs() {
        Stream.of(3, 1, 2).forEach(pack -> lies(pack, 1, "packs/0" + pack));
        assertEquals(ids(2, 9, 3, 1), PlaceOrder.of(ids(2, 9, 3, 1), rows));
        lies(4, 1, "5");
        assertEquals(ids(2, 9, 4), PlaceOrder.of(ids(4, 2, 9), rows));
        assertEquals(List.of(), PlaceOrder.of(List.of(), rows));
    }
}
