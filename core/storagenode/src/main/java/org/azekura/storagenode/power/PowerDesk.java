package org.azekura.storagenode.power;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.PowerSource;
import org.azekura.api.device.PowerState;
import org.azekura.api.device.PowerState.Supply;
import org.azekura.api.message.NodeReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the sources of power of a storage node, once a second. What takes long, like waiting for packs to become durable, is done on another thread,
 * one thing after the other; meanwhile it looks on, for a battery does not wait. Thread-safe; has no thread before there is a source.
 */
public final class PowerDesk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PowerDesk.class);
    private static final long LOOK_ms = 1_000;
    /** So often the server hears of voltage and charge. */
    private static final long AGAIN_ns = TimeUnit.SECONDS.toNanos(30);
    /** A driver that is away for less changes nothing. */
    private static final long AWAY_ns = TimeUnit.SECONDS.toNanos(20);
    /** What is done before the process ends, beside what its end takes. */
    private static final long BEFORE_END_s = 15;

    /** The house around. */
    public interface House {

        /**
         * Has jobs make durable what they have begun, and has them wait.
         *
         * @return ends their wait
         * @throws BackupException if that was not possible: what is not durable is sent anew by jobs that go on
         */
        Pause pause(String why) throws BackupException;

        /** Tells the server if it is there, and waits for its answer a few seconds. @return whether it knows */
        boolean tell(NodeReport report);

        /** Whether there is such a device, served or not. */
        boolean isConfigured(DeviceName device);

        /** Ends the process as {@code azekura down} does. */
        void end(String why);
    }

    /** Jobs wait while it is open. */
    @FunctionalInterface
    public interface Pause extends AutoCloseable {
        @Override
        void close();
    }

    /** What is known of one source, and what was told of it. Guarded by the desk. */
    private static final class Watched {
        private final PowerWatch watch = new PowerWatch();
        /** Null while its driver is away. */
        private PowerSource source;
        private PowerSource.Patience patience;
        private Instant unknownSince = Instant.now();
        private long awaySince;
        /** Null if the server has to be told. */
        private NodeReport.Power told;
        private long toldAt;
    }

    private final LongSupplier clock;
    private final long look_ms;
    private final Map<DeviceName, Watched> watched = new TreeMap<>();
    private House house;
    private ScheduledExecutorService looks;
    private ExecutorService work;
    private boolean busy;
    private boolean ending;
    private boolean closed;

    public PowerDesk() {
        this(System::nanoTime, LOOK_ms);
    }

    PowerDesk(LongSupplier clock, long look_ms) {
        this.clock = clock;
        this.look_ms = look_ms;
    }

    /** From here on it does something about what it sees. */
    public synchronized void open(House around) {
        house = around;
        begin();
    }

    public synchronized void came(DeviceName device, PowerStore store) {
        Watched one = watched.computeIfAbsent(device, name -> new Watched());
        one.source = store.source();
        one.patience = one.source.patience();
        begin();
    }

    private void begin() {
        if (looks == null && house != null && !watched.isEmpty() && !closed) {
            work = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("power is held").factory());
            looks = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("power").factory());
            looks.scheduleWithFixedDelay(this::lookSafely, look_ms, look_ms, TimeUnit.MILLISECONDS);
        }
    }

    public synchronized void went(DeviceName device, PowerStore store) {
        Watched one = watched.get(device);
        if (one != null && one.source == store.source()) {
            one.source = null;
            one.unknownSince = Instant.now();
            one.awaySince = clock.getAsLong();
        }
    }

    /** The server is another, or there again: it knows nothing. */
    public synchronized void joined() {
        watched.values().forEach(one -> one.told = null);
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("the power could not be looked at", e); // the next look follows all the same
        }
    }

    /** Looks at all sources once. */
    synchronized void look() {
        watched.entrySet().removeIf(entry -> entry.getValue().source == null && forget(entry.getKey()));
        watched.forEach(this::look);
    }

    private boolean forget(DeviceName device) {
        if (house.isConfigured(device)) {
            return false;
        }
        work(() -> house.tell(new NodeReport.PowerGone(device)), true);
        return true;
    }

    private void look(DeviceName device, Watched one) {
        if (one.source == null && clock.getAsLong() - one.awaySince < AWAY_ns) {
            return; // its driver is being changed, or all of this ends
        }
        PowerState state = one.source == null ? new PowerState(Supply.UNKNOWN, OptionalDouble.empty(), OptionalInt.empty(), one.unknownSince,
                "no driver serves it") : one.source.state();
        PowerWatch.Step step = one.watch.see(state.supply(), one.patience, clock.getAsLong());
        NodeReport.Power now = report(device, state, step != PowerWatch.Step.GO_ON);
        if (step == PowerWatch.Step.STOP) {
            end(now);
        } else if (!ending && isNews(one, now)) {
            boolean toHold = now.held() && (one.told == null || !one.told.held());
            if (work(() -> tell(one, now, toHold), false)) {
                log(one.told, now);
                one.told = now;
                one.toldAt = clock.getAsLong();
            }
        }
    }

    private boolean isNews(Watched one, NodeReport.Power now) {
        NodeReport.Power told = one.told;
        return told == null || told.held() != now.held() || told.supply() != now.supply() || !told.problem().equals(now.problem())
                || !told.equals(now) && clock.getAsLong() - one.toldAt > AGAIN_ns;
    }

    private static void log(NodeReport.Power before, NodeReport.Power now) {
        if (before == null || before.supply() != now.supply() || before.held() != now.held()) {
            if (now.supply() == Supply.MAINS) {
                LOG.info("device={} {}", now.device(), sentence(now));
            } else {
                LOG.warn("device={} {}", now.device(), sentence(now));
            }
        }
    }

    private void tell(Watched one, NodeReport.Power now, boolean toHold) {
        boolean known = toHold ? hold(now) : house.tell(now);
        if (!known) {
            synchronized (this) {
                one.told = one.told == now ? null : one.told;
            }
        }
    }

    /** What is begun becomes durable, then the server parks the jobs; only then their calls go on, to their end. */
    private boolean hold(NodeReport.Power now) {
        try (Pause paused = house.pause(sentence(now))) {
            LOG.debug("device={} {} what jobs have begun is durable", now.device(), paused);
            return house.tell(now);
        } catch (BackupException e) {
            LOG.warn("device={} what jobs have begun is not made durable first: {}", now.device(), e.getMessage());
            return house.tell(now);
        }
    }

    /** @return whether it is done, at once or behind what is being done */
    private boolean work(Runnable what, boolean anyhow) {
        if (busy && !anyhow || closed) {
            return false;
        }
        busy = true;
        work.execute(() -> {
            try {
                what.run();
            } catch (RuntimeException e) {
                LOG.error("the power could not be told of", e);
            } finally {
                synchronized (this) {
                    busy = false;
                }
            }
        });
        return true;
    }

    private void end(NodeReport.Power low) {
        if (ending || closed) {
            return;
        }
        ending = true;
        String why = sentence(low) + ": azekura stops here, its jobs go on at the next start";
        LOG.error("device={} {}", low.device(), why);
        Thread.ofPlatform().daemon().name("power is low").start(() -> {
            Thread told = Thread.ofPlatform().daemon().name("power is low, jobs park").start(() -> hold(low));
            try {
                told.join(TimeUnit.SECONDS.toMillis(BEFORE_END_s));
            } catch (InterruptedException e) {
                LOG.debug("interrupted before the end");
            }
            house.end(why);
        });
    }

    private static NodeReport.Power report(DeviceName device, PowerState state, boolean held) {
        return new NodeReport.Power(device, state.supply(), held, state.voltage().isPresent() ? (int) Math.round(10 * state.voltage().getAsDouble()) : -1,
                state.charge().orElse(-1), state.since(), state.problem());
    }

    /** For people, without the node's name. */
    static String sentence(NodeReport.Power power) {
        String supply = switch (power.supply()) {
            case MAINS -> power.held() ? "is back on mains, and not yet for long enough" : "is on mains";
            case BATTERY -> "is on battery";
            case LOW -> "is on battery, which is almost empty";
            case UNKNOWN -> "does not say how it is";
        };
        return power.device() + " " + supply;
    }

    @Override
    public void close() {
        ScheduledExecutorService ended;
        synchronized (this) {
            closed = true;
            ended = looks;
        }
        if (ended != null) {
            ended.shutdownNow();
            work.shutdownNow();
        }
    }
}
