package org.azekura.server.job.place;

import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Pool;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Stage;
import org.azekura.server.media.Reserve;
import org.azekura.server.pool.MediaSets;

/** Has a pool begin its next media set where its rules say so, before a job begins to fill the open one. */
public record SetRules(Stage stage, JobRecord record) {

    /**
     * Where the job's data go. While a set can't begin, for there is no cartridge, or none but those that are left for copies, or another set begins, the open one goes on: better a set that is too
     * large than no backup.
     *
     * @param open the open set of a pool
     */
    public Pool before(Pool open) throws BackupException {
        String why = why(open);
        if (why == null) {
            return open;
        }
        Optional<Reserve> reserve = stage.pools().media().reserve(open, stage.hosts().node(open.node())).filter(Reserve::isReached);
        if (reserve.isPresent()) {
            goesOn(why, reserve.get().words());
            return open;
        }
        try {
            Pool next = stage.pools().cutUnlessBusy(open.name()).orElse(null);
            if (next == null) {
                record.line(JobLine.Level.INFO, "the media set goes on for now, though " + why + ": another set or pool is being made");
                return stage.pools().sets().open(open);
            }
            record.line(JobLine.Level.INFO, "a new media set begins, " + next.name() + ": " + why);
            return next;
        } catch (BackupException e) {
            Pool now = stage.pools().sets().open(open);
            if (!e.failure().code().equals("set.empty") || now.name().equals(open.name())) {
                goesOn(why, e.getMessage());
            } // else another job was first
            return now;
        }
    }

    private void goesOn(String why, String hindered) {
        record.line(JobLine.Level.WARN, "the media set goes on for now, though " + why + ": no other could begin: " + hindered);
    }

    /** Null if it goes on. One that nothing is in yet does. */
    String why(Pool open) throws BackupException {
        MediaRules rules = stage.catalog().read(view -> view.mediaRules(open.name()));
        if (rules.setAfter().isZero() && rules.setSize() == 0) {
            return null;
        }
        long size = stage.catalog().read(view -> MediaSets.bytes(view, open.name()));
        if (size == 0) {
            return null;
        }
        if (rules.setSize() > 0 && size >= rules.setSize()) {
            return "the one before has " + size + " bytes of packs";
        }
        boolean old = !rules.setAfter().isZero() && stage.clock().hasPassed(open.created(), rules.setAfter());
        return old ? "the one before began " + open.created() : null;
    }
}
