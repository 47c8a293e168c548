package org.azekura.server.library;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Element;
import org.azekura.api.message.LibraryAnswer.ElementFound;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.azekura.server.library.DriveUses.Drive;
import org.azekura.server.media.DriveStates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has drives cleaned that ask for it: between jobs, as a job that everybody sees. One thread. */
final class CleaningWatch {

    /** One that asks again so soon is not dirty but broken. */
    private static final Duration REST = Duration.ofHours(4);
    /** Until it is tried again where it did not go. */
    private static final Duration AGAIN = Duration.ofHours(1);
    /** A drive that is never idle is cleaned all the same. */
    private static final Duration LONGEST = Duration.ofHours(4);
    private static final Logger log = LoggerFactory.getLogger(CleaningWatch.class);

    private final CatalogStore catalog;
    private final Floors floors;
    private final Cleaners cleaners;
    private final DriveUses uses;
    private final Jobs jobs;
    private final InstantSource clock;
    private final Map<Drive, Instant> tried = new HashMap<>();
    /** Jobs that clean. */
    private final Map<Drive, JobId> begun = new HashMap<>();

    CleaningWatch(CatalogStore catalog, Floors floors, Cleaners cleaners, DriveUses uses, Jobs jobs, InstantSource clock) {
        this.catalog = catalog;
        this.floors = floors;
        this.cleaners = cleaners;
        this.uses = uses;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Looks which drives ask, and orders what can be done now.
     *
     * @return whether one waits only until nobody is at work in it
     */
    boolean round() throws BackupException {
        Set<Drive> unclean = unclean();
        tried.keySet().retainAll(unclean);
        settle();
        boolean waits = false;
        for (Drive drive : unclean) {
            try {
                waits |= !clean(drive);
            } catch (BackupException e) {
                log.debug("node={} device={} drive={} can't be cleaned yet: {}", drive.node(), drive.device(), drive.number(), e.getMessage());
            }
        }
        return waits;
    }

    /** A job that was cancelled, or failed, leaves the drive to others. */
    private void settle() {
        for (Map.Entry<Drive, JobId> one : List.copyOf(begun.entrySet())) {
            try {
                if (jobs.get(one.getValue()).state().ended()) {
                    begun.remove(one.getKey());
                    uses.givenUp(one.getKey());
                }
            } catch (BackupException e) {
                log.warn("job={} may have ended, which is looked up again: {}", one.getValue(), e.getMessage());
            }
        }
    }

    private Set<Drive> unclean() throws BackupException {
        return catalog.read(view -> {
            Set<Drive> all = new LinkedHashSet<>();
            if (view.driveHealth().stream().anyMatch(one -> one.state() == DriveHealth.State.UNCLEAN)) {
                for (Pool pool : view.pools()) {
                    for (int number : DriveStates.in(view, pool.node(), pool.device(), DriveHealth.State.UNCLEAN)) {
                        all.add(new Drive(pool.node(), pool.device(), number));
                    }
                }
            }
            return all;
        });
    }

    /** False if it is in use. */
    private boolean clean(Drive drive) throws BackupException {
        Instant now = clock.instant();
        Instant last = tried.get(drive);
        if (last != null && now.isBefore(last.plus(AGAIN))) {
            return true;
        }
        Optional<Instant> cleaned = catalog.read(view -> DriveStates.lastCleaned(view, drive.node(), drive.device(), drive.number()));
        if (cleaned.isPresent() && now.isBefore(cleaned.get().plus(REST))) {
            tried.put(drive, now);
            log.warn("device={} drive={} wants to be cleaned again, and was at {}: have it looked at", drive.device(), drive.number(), cleaned.get());
            return true;
        }
        Floor floor = floors.get(drive.device(), drive.node());
        if (!isIdle(floor, drive.number()) && !isUrgent(drive, now)) {
            return false;
        }
        tried.put(drive, now);
        if (cleaners.next(floor, Cleaners.USES).isEmpty()) {
            log.warn("device={} drive={} wants to be cleaned, and there is no cleaning cartridge (barcode CLN…) in a slot that was used less than {} times: put one in",
                    drive.device(), drive.number(), Cleaners.USES);
            return true;
        }
        uses.toBeCleaned(floor.node(), drive);
        Job job = submit(floor, drive);
        begun.put(drive, job.id());
        log.info("job={} cleans drive {} of device={}, which asks for it", job.id(), drive.number(), drive.device());
        return true;
    }

    private Job submit(Floor floor, Drive drive) throws BackupException {
        try {
            return jobs.submit(new JobOrder.Clean(drive.device(), drive.node(), drive.number()));
        } catch (BackupException e) {
            uses.givenUp(drive);
            throw e;
        }
    }

    /** Whether it has waited for so long that it is cleaned in the middle of a job, between two of its calls. */
    private boolean isUrgent(Drive drive, Instant now) throws BackupException {
        return catalog.read(view -> DriveStates.of(view, drive.node(), drive.device(), drive.number())).filter(one -> now.isAfter(one.since().plus(LONGEST))).isPresent();
    }

    /** Whether nobody is at work with what lies in it. */
    private boolean isIdle(Floor floor, int number) throws BackupException {
        ElementFound drive = floor.drive(number).orElse(null);
        if (drive == null || drive.used()) {
            return false;
        }
        return drive.filling() == Element.Filling.EMPTY || jobs.list(true).stream().filter(job -> job.state() == Job.State.RUNNING)
                .noneMatch(job -> job.pool() == null || drive.pool() == null || job.pool().equals(drive.pool()));
    }
}
