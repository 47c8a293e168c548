package org.azekura.rest.call;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How often somebody may knock: some times at once, then one time after each pause; all together ten times as often. */
public final class Pace {

    /** Callers that are remembered; who was forgotten is still one of all. */
    private static final int CALLERS = 1000;
    private static final int TOGETHER = 10;

    private final int atOnce;
    private final long pause_ns;
    private final LongSupplier nanos;
    private final Map<String, Allowance> callers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
            return size() > CALLERS;
        }
    };
    private final Allowance all;

    /** @param nanos a clock that only goes forward */
    public Pace(int atOnce, Duration pause, LongSupplier nanos) {
        this.atOnce = atOnce;
        this.pause_ns = pause.toNanos();
        this.nanos = nanos;
        this.all = new Allowance(atOnce * TOGETHER, pause_ns / TOGETHER);
    }

    /** Whether it may be now; one time more is counted then. */
    public synchronized boolean allows(String caller) {
        Allowance his = callers.computeIfAbsent(caller, name -> new Allowance(atOnce, pause_ns));
        return his.take() && all.take();
    }

    private final class Allowance {

        private final int most;
        private final long each_ns;
        private long left;
        private long since = nanos.getAsLong();

        Allowance(int most, long each_ns) {
            this.most = most;
            this.each_ns = each_ns;
            this.left = most;
        }

        boolean take() {
            long now = nanos.getAsLong();
            long more = (now - since) / each_ns;
            since = left + more >= most ? now : since + more * each_ns;
            left = Math.min(most, left + more);
            if (left == 0) {
                return false;
            }
            left--;
            return true;
        }
    }
}
