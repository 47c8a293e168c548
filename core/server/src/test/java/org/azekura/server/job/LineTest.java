package org.azekura.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;

/** The rule by which places are given, against a search through all who wait. */
class LineTest {

    private static final int EACH = 3;

    private final long seed = Seeds.start();
    private final Random random = Seeds.random(seed);
    private int all = 7;
    private final Line<Integer> line = new Line<>(all, EACH);
    /** In the order in which they came. */
    private final Map<Integer, Places.Claim> waiting = new HashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final List<Places.Claim> running = new ArrayList<>();

    private int of(Integer who) {
        return taken.getOrDefault(waiting.get(who).whose(), 0);
    }

    private Integer searched() {
        Integer next = null;
        for (Integer one : running.size() >= all ? List.<Integer>of() : waiting.keySet().stream().sorted().toList()) {
            boolean before = next == null || waiting.get(one).priority() > waiting.get(next).priority()
                    || waiting.get(one).priority() == waiting.get(next).priority() && of(one) < of(next);
            next = of(one) < EACH && before ? one : next;
        }
        return next;
    }

    private void admit(int step) {
        Integer expected = searched();
        assertEquals(expected, line.admit(), () -> "seed " + seed + ", step " + step);
        if (expected != null) {
            Places.Claim claim = waiting.remove(expected);
            taken.merge(claim.whose(), 1, Integer::sum);
            running.add(claim);
        }
    }

    @Test
    void whoComesNextIsWhoASearchThroughAllFinds() {
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(100) == 0) {
                all = 1 + random.nextInt(12);
                line.all(all);
            }
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    Places.Claim claim = new Places.Claim("c" + (int) Math.abs(random.nextGaussian() * 4), 10 * random.nextInt(3));
                    waiting.put(step, claim);
                    line.add(step, claim);
                }
                case 2 -> waiting.keySet().stream().skip(waiting.isEmpty() ? 0 : random.nextInt(waiting.size())).limit(waiting.size() > 30 || random.nextInt(9) == 0 ? 1 : 0)
                        .toList().forEach(who -> line.remove(who, waiting.remove(who)));
                default -> {
                    if (!running.isEmpty()) {
                        Places.Claim over = running.remove(random.nextInt(running.size()));
                        taken.merge(over.whose(), -1, Integer::sum);
                        line.give(over.whose());
                    }
                }
            }
            admit(step);
        }
    }
}
