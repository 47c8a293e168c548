package org.azekura.server.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.ClockState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's time, which whoever sets the machine's clock does not move: the retention time. Kept in the catalog: with every snapshot, once a
 * minute, and at the end. Safe for any number of threads; the catalog is never called with the lock held, since a transaction of it takes the lock.
 */
public final class ServerClock implements InstantSource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ServerClock.class);
    private static final String SETTING = "clock";
    private static final String UNPROVEN = "clock.unproven";
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final CatalogStore catalog;
    private final Machine machine;
    private final Witnesses witnesses = new Witnesses();
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Instant began;
    private final long beganAt;
    private Retention retention;
    /** When {@link #retention} was as it is, by {@link Machine#nanos}. */
    private long at;
    private String advised = "";
    private Duration unproven;
    /** As long as there is no snapshot, nothing is counted by it, and a clock that was ahead when the appliance was new can be made good. */
    private volatile boolean blank;
    private final boolean follows;

    private ServerClock(CatalogStore catalog, Machine machine, boolean blank, Retention begun, long at, Duration unproven, boolean follows) {
        this.follows = follows;
        this.unproven = unproven;
        this.catalog = catalog;
        this.machine = machine;
        this.blank = blank;
        this.retention = begun;
        this.at = at;
        this.began = begun.now();
        this.beganAt = at;
    }

    /**
     * Goes on from what the catalog remembers, and keeps nothing before the first {@link #look}.
     *
     * @throws BackupException {@code clock.corrupt} if that can't be read
     */
    public static ServerClock open(CatalogStore catalog) throws BackupException {
        return open(catalog, Machine.real());
    }

    static ServerClock open(CatalogStore catalog, Machine machine) throws BackupException {
        Instant now = machine.wall().instant();
        boolean blank = catalog.read(view -> view.snapshotCount() == 0);
        String known = catalog.read(view -> view.setting(SETTING)).orElse(null);
        Retention begun = known == null ? Retention.first(now) : new Retention(parse(known), new Ground.New()).on(new Event.Started(now, blank));
        Duration unproven = Duration.ofSeconds(catalog.read(view -> view.setting(UNPROVEN)).map(Long::parseLong).orElse(0L));
        return new ServerClock(catalog, machine, blank, begun, machine.nanos().getAsLong(), unproven, false);
    }

    /** Goes by the time of another server, as {@link #follow} finds it in the catalog: that one keeps it, and this one is never ahead of it. */
    public static ServerClock following(CatalogStore catalog) throws BackupException {
        return following(catalog, Machine.real());
    }

    static ServerClock following(CatalogStore catalog, Machine machine) throws BackupException {
        Memory begun = catalog.read(view -> view.setting(SETTING)).isPresent() ? kept(catalog) : Memory.first(machine.wall().instant());
        return new ServerClock(catalog, machine, false, new Retention(begun, new Ground.Continued()), machine.nanos().getAsLong(), Duration.ZERO, true);
    }

    private static Memory kept(CatalogStore catalog) throws BackupException {
        return parse(catalog.read(view -> view.setting(SETTING)).orElseThrow());
    }

    /** What is kept has gone on. */
    public void follow() throws BackupException {
        Memory kept = kept(catalog);
        lock.lock();
        try {
            advance();
            if (kept.reading().isAfter(retention.now())) {
                retention = new Retention(kept, new Ground.Continued());
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is kept goes on to the time of this one, and is else as it was. */
    private void pass(CatalogEdit edit) throws BackupException {
        Memory kept = parse(edit.setting(SETTING).orElseThrow());
        Duration more = Duration.between(kept.reading(), instant());
        if (more.isPositive()) {
            edit.putSetting(SETTING, kept.passed(more).toString());
        }
    }

    /** Looks from time to time, until it is closed. */
    public void begin() {
        Thread.ofVirtual().name("server-clock").start(this::run);
    }

    private static Memory parse(String known) throws BackupException {
        try {
            return Memory.parse(known);
        } catch (RuntimeException e) {
            throw BackupException.corrupt("clock.corrupt", SETTING, "the setting \"" + SETTING + "\" of the catalog holds \"" + known
                    + "\", which is no retention time of this version: " + e.getMessage());
        }
    }

    private void run() {
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    look();
                } catch (BackupException | RuntimeException e) {
                    log.warn("the retention time can't be kept: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A rebuild brings some that nobody has stamped here. */
    private void lookForSnapshots() throws BackupException {
        if (blank && catalog.read(view -> view.snapshotCount() > 0)) {
            blank = false;
        }
    }

    /** The last stamp by another clock, of what a rebuild has brought; null if there is none. */
    private Instant lastForeign() throws BackupException {
        Instant origin = current().memory().origin();
        return catalog.read(view -> view.snapshots(null)).stream().map(Snapshot::received).filter(received -> received.isBefore(origin))
                .max(Comparator.naturalOrder()).orElse(null);
    }

    /** Hears what the kernel says, and keeps what the time is. */
    public void look() throws BackupException {
        lookForSnapshots();
        lock.lock();
        try {
            witnesses.kernel(machine.kernel().get(), machine.nanos().getAsLong());
            weigh();
        } finally {
            lock.unlock();
        }
        keep();
    }

    /** With the lock held. */
    private void weigh() {
        advance();
        Instant wall = machine.wall().instant();
        witnesses.confirmation(wall, at).ifPresent(said -> apply(said, wall));
        String advice = Advice.of(retention, wall);
        // its times change from minute to minute
        String kind = advice.replaceAll("[0-9T:-]+Z|[0-9]+ (days|h|min)", "");
        if (!kind.equals(advised)) {
            advised = kind;
            if (advice.isEmpty()) {
                log.info("the machine's clock and the retention time agree: {}", retention.now());
            } else {
                log.warn("{}", advice);
            }
        }
    }

    /** With the lock held. */
    private void advance() {
        long now = machine.nanos().getAsLong();
        retention = retention.on(new Event.Passed(Duration.ofNanos(now - at)));
        at = now;
    }

    /** With the lock held. */
    private void apply(Event.Confirmed said, Instant wall) {
        Retention before = retention;
        if (!said.by().contains(Confirmation.ADMIN) && Duration.between(said.time(), before.now()).compareTo(Witnesses.AGREE) <= 0) {
            unproven = Duration.ZERO; // the time is not ahead: whoever moved it was right
        }
        retention = (blank ? before.on(new Event.Started(said.time(), true)) : before).on(said);
        if (!before.ground().equals(retention.ground())) {
            log.info("the time is confirmed by {}: the retention time was {} and is {}, the machine's clock says {}", said.by(), before.now(),
                    retention.now(), wall);
        }
    }

    private void keep() throws BackupException {
        catalog.write(edit -> {
            edit.putSetting(SETTING, current().memory().toString());
            Duration doubted = unproven();
            if (!doubted.isZero() || edit.setting(UNPROVEN).isPresent()) {
                edit.putSetting(UNPROVEN, Long.toString(doubted.toSeconds()));
            }
            return null;
        });
    }

    /** Has a transaction that puts a snapshot keep what the time is: its stamp is not later than that, also after a kill. */
    public void remember(CatalogEdit edit) throws BackupException {
        if (follows) {
            pass(edit);
            return;
        }
        blank = false;
        edit.putSetting(SETTING, current().memory().toString());
    }

    private Retention current() {
        lock.lock();
        try {
            advance();
            return retention;
        } finally {
            lock.unlock();
        }
    }

    /** The retention time. Goes back never, and forward at once only when somebody has confirmed for how long the server was away. */
    @Override
    public Instant instant() {
        return current().now();
    }

    /** What certificates go by: the retention time, less what it is known to be ahead. That, unlike it, a confirmation can set back. */
    public Instant known() {
        return current().known();
    }

    /** The time as far as it can be known: the machine's where the retention time waits to be confirmed, the retention time else. */
    public Instant likely() {
        return current().likely(machine.wall().instant());
    }

    /** The retention time at the start of this server, counted on by the monotonic clock alone: what a host may count along by its own. */
    public Instant steady() {
        return began.plusNanos(machine.nanos().getAsLong() - beganAt);
    }

    /** When something was received that was stamped by {@link #instant}; what was stamped before a confirmation may prove to be later. */
    public Instant corrected(Instant stamp) {
        return current().memory().corrected(stamp);
    }

    /**
     * Whether what was stamped by {@link #instant} has surely been kept for so long. Retention asks nothing else.
     *
     * @return false whenever that can't be known
     */
    public boolean hasPassed(Instant since, Duration keep) {
        return current().hasPassed(since, keep);
    }

    /**
     * By how much the time was moved forward on the word of administrators alone, and neither NTP nor hosts have said since that it is right. What nobody may delete early stays so
     * much longer.
     */
    public Duration unproven() {
        lock.lock();
        try {
            return unproven;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Another host says what its clock says.
     *
     * @param host    the same for all its roles
     * @param name    one of them
     * @param address from where it came; not of this machine
     */
    public void told(String host, String name, String address, Instant time) throws BackupException {
        lookForSnapshots();
        Ground before;
        Ground after;
        lock.lock();
        try {
            before = retention.ground();
            witnesses.told(host, name, address, time, machine.nanos().getAsLong());
            weigh();
            after = retention.ground();
        } finally {
            lock.unlock();
        }
        if (!before.equals(after)) {
            keep();
        }
    }

    /** As operators see it. */
    public ClockState state() {
        return state(current(), machine.wall().instant());
    }

    private static ClockState state(Retention now, Instant wall) {
        String advice = Advice.of(now, wall);
        return switch (now.ground()) {
            case Ground.New known -> new ClockState(ClockState.Ground.NEW, List.of(), now.now(), wall, advice);
            case Ground.Continued known -> new ClockState(ClockState.Ground.CONTINUED, List.of(), now.now(), wall, advice);
            case Ground.Frozen known -> new ClockState(ClockState.Ground.FROZEN, List.of(), now.now(), wall, advice);
            case Ground.Confirmed known -> new ClockState(ClockState.Ground.CONFIRMED, known.by(), now.now(), wall, advice);
        };
    }

    /** @throws BackupException as {@link org.azekura.api.server.Appliance#confirmClock} */
    public ClockState confirm(Instant seen) throws BackupException {
        lookForSnapshots();
        // once confirmed, what was brought back is counted with all else
        Instant foreign = current().memory().confirmed() ? null : lastForeign();
        ClockState confirmed;
        lock.lock();
        try {
            advance();
            Instant wall = machine.wall().instant();
            Confirmation.require(retention, seen, wall, witnesses.against(wall, retention.now(), at));
            log.warn("an administrator confirms that the machine's clock is right: it says {}, the retention time was {}", wall, retention.now());
            // What was stamped by another clock counts from its stamp: how long ago that was nobody else has said.
            Instant before = foreign == null ? retention.now() : foreign;
            apply(new Event.Confirmed(wall, List.of(Confirmation.ADMIN)), wall);
            Duration moved = Duration.between(before, retention.now());
            unproven = blank || moved.isNegative() ? unproven : unproven.plus(moved).plusSeconds(1);
            confirmed = state(retention, wall);
        } finally {
            lock.unlock();
        }
        keep();
        return confirmed;
    }

    /** Keeps the time a last time. */
    @Override
    public void close() {
        closed.countDown();
        try {
            look();
        } catch (BackupException | RuntimeException e) {
            log.warn("the retention time can't be kept at the end, a minute may count twice: {}", e.getMessage());
        }
    }
}
