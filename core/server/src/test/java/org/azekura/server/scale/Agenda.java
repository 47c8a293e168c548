package org.azekura.server.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.azekura.api.BackupException;

/** What happens when, by a clock that goes from one thing to the next. One thread. */
final class Agenda {

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private Instant now;
    private long last;

    Agenda(Instant now) {
        this.now = now;
    }

    interface Step {
        void run() throws BackupException;
    }

    private record Entry(Instant at, long number, Step step) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int times = at.compareTo(other.at);
            return times != 0 ? times : Long.compare(number, other.number);
        }
    }

    Instant now() {
        return now;
    }

    void at(Instant time, Step step) {
        entries.add(new Entry(time.isBefore(now) ? now : time, ++last, step));
    }

    void in(Duration time, Step step) {
        at(now.plus(time), step);
    }

    /** Lives until then. */
    void runUntil(Instant end) throws BackupException {
        while (!entries.isEmpty() && entries.peek().at.isBefore(end)) {
            Entry next = entries.poll();
            now = next.at;
            next.step.run();
        }
        now = end;
    }
}
