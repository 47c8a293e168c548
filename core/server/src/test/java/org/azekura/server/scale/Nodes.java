package org.azekura.server.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.function.IntConsumer;

/** Storage nodes that fall out and come back, and whose drives are slow for hours. */
final class Nodes {

    private static final Duration BETWEEN_OUTAGES = Duration.ofDays(10);
    private static final Duration BETWEEN_SLOW_TIMES = Duration.ofDays(5);
    private static final int SLOW = 8;

    private final Agenda agenda;
    private final Load load;
    private final Instant[] backAt;
    private final Instant[] slowUntil;

    /** @param out takes the number of one that falls out */
    Nodes(int count, Agenda agenda, Load load, IntConsumer out) {
        this.agenda = agenda;
        this.load = load;
        this.backAt = new Instant[count];
        this.slowUntil = new Instant[count];
        for (int node = 0; node < count; node++) {
            backAt[node] = slowUntil[node] = Instant.MIN;
            live(node, out);
        }
    }

    private void live(int node, IntConsumer out) {
        agenda.in(load.until(BETWEEN_OUTAGES), () -> {
            backAt[node] = agenda.now().plus(load.between(Duration.ofMinutes(10), Duration.ofHours(8)));
            out.accept(node);
            agenda.at(backAt[node], () -> live(node, out));
        });
        slow(node);
    }

    private void slow(int node) {
        agenda.in(load.until(BETWEEN_SLOW_TIMES), () -> slowUntil[node] = agenda.now().plus(load.between(Duration.ofHours(1), Duration.ofHours(4))));
    }

    boolean isOut(int node) {
        return backAt[node].isAfter(agenda.now());
    }

    Instant backAt(int node) {
        return backAt[node];
    }

    /** How much longer than usual work takes there. */
    int slowness(int node) {
        return slowUntil[node].isAfter(agenda.now()) ? SLOW : 1;
    }
}
