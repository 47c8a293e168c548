package org.azekura.server.library;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.message.LibraryAnswer.ElementFound;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.azekura.server.pool.Unread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has cartridges read on which something was not read for long: one at a time, while no other job is at work in their library, as a job that everybody sees. It
 * is cancelled as soon as one is; what it has read by then counts. One thread.
 */
final class ReadingWatch {

    /** So long one job reads at most: what waits for the longest time comes first. */
    static final Duration STRETCH = Duration.ofHours(1);
    /** A cartridge that was not read well waits for so long: what is damaged there stays so. */
    static final Duration AGAIN = Duration.ofDays(7);
    /** So often is looked what waits: each look goes over all packs. */
    private static final Duration LOOK = Duration.ofHours(1);
    private static final Logger log = LoggerFactory.getLogger(ReadingWatch.class);

    private final CatalogStore catalog;
    private final Floors floors;
    private final Jobs jobs;
    private final Workplaces others;
    private final InstantSource clock;
    private final Supplier<Duration> within;
    /** Of cartridges that were not read well, or could not be. */
    private final Map<VolumeId, Instant> tried = new HashMap<>();
    private List<Due> due = List.of();
    private Instant looked = Instant.MIN;
    private Reading reading;

    /** A cartridge on which something was not read since then. */
    private record Due(Volume volume, Pool pool, Instant since) {}

    /** What goes on. */
    private record Reading(JobId job, Due of, boolean makesWay) {}

    /** @param within all of a cartridge is read in so long; zero: it is not */
    ReadingWatch(CatalogStore catalog, Floors floors, Jobs jobs, InstantSource clock, Supplier<Duration> within) {
        this.catalog = catalog;
        this.floors = floors;
        this.jobs = jobs;
        this.others = new Workplaces(catalog, jobs);
        this.clock = clock;
        this.within = within;
    }

    /** Whether a cartridge is read now, so that others may want its library at any moment. */
    boolean round() throws BackupException {
        if (reading != null && !isOver()) {
            if (!reading.makesWay && others.isWanted(reading.of.pool, reading.job)) {
                reading = new Reading(reading.job, reading.of, true);
                jobs.cancel(reading.job);
                log.info("job={} makes way for others: volume={} is read on when nobody wants its library", reading.job, reading.of.volume.label());
            }
            return true;
        }
        Instant now = clock.instant();
        if (within.get().isZero() || now.isBefore(looked.plus(LOOK)) && due.isEmpty()) {
            return false;
        }
        if (!now.isBefore(looked.plus(LOOK))) {
            due = catalog.read(view -> due(view, now.minus(within.get())));
            looked = now;
        }
        for (Due one : due) {
            Instant last = tried.get(one.volume.id());
            if ((last == null || !now.isBefore(last.plus(AGAIN))) && !others.isWanted(one.pool, null) && isThere(one) && isOrdered(one)) {
                return true;
            }
        }
        return false;
    }

    /** False if it is refused: others are read then. */
    private boolean isOrdered(Due one) {
        try {
            Job job = jobs.submit(new JobOrder.Verify(null, null, JobOrder.Depth.CHECKSUMS, 0, STRETCH.toSeconds(), one.volume.barcode()));
            reading = new Reading(job.id(), one, false);
            log.info("job={} reads volume={}: something on it was not read since {}", job.id(), one.volume.label(), one.since);
            return true;
        } catch (BackupException e) {
            tried.put(one.volume.id(), clock.instant());
            log.warn("volume={} can't be read, which is tried again in {} days: {}", one.volume.label(), AGAIN.toDays(), e.getMessage());
            return false;
        }
    }

    private boolean isOver() throws BackupException {
        Job.State state = Job.State.FAILED;
        try {
            state = jobs.get(reading.job).state();
        } catch (BackupException e) {
            log.warn("job={} can't be looked up, and is taken for failed: {}", reading.job, e.getMessage());
        }
        if (!state.ended()) {
            return false;
        }
        if (!reading.makesWay && (state != Job.State.DONE || stillWaits(reading.of))) {
            tried.put(reading.of.volume.id(), clock.instant());
        }
        reading = null;
        looked = Instant.MIN;
        return true;
    }

    /** Whether that waits which waited before. A job that finds a media set closed to it leaves that out, and ends well. */
    private boolean stillWaits(Due one) throws BackupException {
        return one.since.equals(catalog.read(view -> Unread.since(view, one.pool)).get(one.volume.id()));
    }

    private List<Due> due(CatalogView view, Instant before) throws BackupException {
        List<Due> all = new ArrayList<>();
        Map<PoolName, Map<VolumeId, Instant>> since = new HashMap<>();
        for (Volume volume : view.volumes()) {
            // a volume of copies begins on a cartridge of another pool, and is read with that
            boolean isOther = volume.barcode() == null || !isRead(volume) || view.replica(volume.pool()).isPresent();
            Pool pool = isOther ? null : view.pool(volume.pool()).orElse(null);
            if (pool != null) {
                if (!since.containsKey(pool.name())) {
                    since.put(pool.name(), Unread.since(view, pool));
                }
                Instant of = since.get(pool.name()).get(volume.id());
                if (of != null && of.isBefore(before)) {
                    all.add(new Due(volume, pool, of));
                }
            }
        }
        all.sort(Comparator.comparing(Due::since));
        return all;
    }

    private static boolean isRead(Volume volume) {
        return switch (volume.state()) {
            case APPENDABLE, FULL, SUSPECT, LOCKED -> true;
            case SCRATCH, EXPIRED, QUARANTINED, MISSING, CLEANING -> false;
        };
    }

    /** Whether the robot can bring it into a drive that nobody uses. */
    private boolean isThere(Due one) {
        try {
            Floor floor = floors.get(one.pool.device(), one.pool.node());
            List<ElementFound> drives = floor.of(Element.Kind.DRIVE);
            return drives.stream().anyMatch(drive -> !drive.used()) && floor.of(new Barcode(one.volume.barcode())).filter(at -> at.kind() != Element.Kind.MAIL_SLOT).isPresent();
        } catch (BackupException e) {
            log.debug("volume={} can't be read yet: {}", one.volume.label(), e.getMessage());
            return false;
        }
    }
}
