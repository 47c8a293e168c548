package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.junit.jupiter.api.Test;

class PoolChoiceTest {

    private static final List<PoolName> POOLS = IntStream.range(0, 4).mapToObj(i -> new PoolName("p" + i)).toList();

    private static PoolName best(List<PoolName> pools, int client) {
        return pools.stream().max(Comparator.comparing(pool -> PoolChoice.score(new ClientName("client" + client), pool))).orElseThrow();
    }

    private static Map<PoolName, Integer> shares(List<PoolName> pools, List<Integer> clients) {
        Map<PoolName, Integer> shares = new HashMap<>();
        clients.forEach(client -> shares.merge(best(pools, client), 1, Integer::sum));
        return shares;
    }

    @Test
    void clientsSpreadEvenlyAndStay() {
        List<Integer> clients = IntStream.range(0, 4000).boxed().toList();
        Map<PoolName, Integer> shares = shares(POOLS, clients);
        assertEquals(4, shares.size());
        assertTrue(shares.values().stream().allMatch(n -> n > 850 && n < 1150), shares::toString);
        assertEquals(shares, shares(POOLS, clients));
    }

    @Test
    void onlyThoseOfThePoolThatIsAwayMoveAndEvenly() {
        List<PoolName> left = POOLS.subList(1, 4);
        List<Integer> moved = IntStream.range(0, 4000).boxed().filter(client -> best(POOLS, client).equals(POOLS.getFirst())).toList();
        IntStream.range(0, 4000).filter(client -> !moved.contains(client)).forEach(client -> assertEquals(best(POOLS, client), best(left, client)));
        Map<PoolName, Integer> shares = shares(left, moved);
        assertTrue(shares.values().stream().allMatch(n -> n > moved.size() / 4 && n < moved.size() / 2), shares::toString);
    }
}
