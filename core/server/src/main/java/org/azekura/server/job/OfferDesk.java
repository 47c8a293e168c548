package org.azekura.server.job;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Offers;
import org.azekura.api.catalog.Offers.Offer;
import org.azekura.api.catalog.Pool;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.place.SnapshotPlaces;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.MediaPools;
import org.azekura.server.pool.PoolCheckpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which attempts are offered to another server of the appliance: the first of a backup or a restore that needs nothing which this server alone has or knows, as long as more of that kind run
 * here than there. Thread-safe.
 */
public final class OfferDesk {

    private static final Logger log = LoggerFactory.getLogger(OfferDesk.class);

    private final Stage stage;
    private final Supplier<Optional<Offers>> offers;
    private final Share share = new Share();

    /** @param offers empty as long as no other server can take any; of whichever store keeps the catalog just now */
    public OfferDesk(Stage stage, Supplier<Optional<Offers>> offers) {
        this.stage = stage;
        this.offers = offers;
    }

    /** The run of a job's next attempt, by another server if one takes it at once. @param own by this one */
    Run run(Checked checked, JobRecord record, Run own, boolean goesOn) {
        return goesOn || !mayGo(checked) ? own : new OfferedRun(stage.catalog(), new OfJob(this, checked, record), record, own);
    }

    private static boolean mayGo(Checked checked) {
        return checked instanceof Checked.Backup backup && backup.order().stream() == null && backup.order().hooks().dump() == null && !backup.order().dryRun()
                || checked instanceof Checked.Restore restore && !restore.order().dryRun();
    }

    /** One attempt. Of its run's thread. */
    private static final class OfJob implements OfferedRun.Desk {

        private final OfferDesk desk;
        private final Checked checked;
        private final JobRecord record;
        private boolean elsewhere;

        OfJob(OfferDesk desk, Checked checked, JobRecord record) {
            this.desk = desk;
            this.checked = checked;
            this.record = record;
        }

        @Override
        public Offer offer() {
            elsewhere = desk.share.next(desk.canGo(checked, record));
            Offer offer = null;
            try {
                offer = elsewhere ? desk.of(checked, record) : null;
            } finally {
                if (elsewhere && offer == null) {
                    here();
                }
            }
            return offer;
        }

        @Override
        public Offers offers() {
            return desk.offers.get().orElseThrow(() -> new IllegalStateException("there is no catalog store just now"));
        }

        @Override
        public void here() {
            elsewhere = false;
            desk.share.back();
        }

        @Override
        public void ended() {
            desk.share.ended(elsewhere);
        }

        @Override
        public void committed(Job end) throws BackupException {
            if (end.kind() == Job.Kind.BACKUP) {
                desk.committed(desk.stage.pools().get(end.pool()), record);
            }
        }
    }

    /** As far as can be seen without asking anybody. */
    private boolean canGo(Checked checked, JobRecord record) {
        try {
            return record.job().attempts() <= 1 && offers.get().filter(Offers::isAnybodyThere).isPresent() && stage.hosts().client(checked.worker()).isElsewhere();
        } catch (BackupException e) {
            return false; // who is away now may be there when it begins, here
        }
    }

    /**
     * What to offer of this attempt.
     *
     * @return null: nothing, it is carried out here
     */
    private Offer of(Checked checked, JobRecord record) {
        try {
            ConnectedNode node = checked instanceof Checked.Restore restore ? reads(restore) : checked instanceof Checked.Backup backup ? fills(backup, record) : null;
            return node == null || !node.isElsewhere() ? null : new Offer(record.id(), record.job().attempts(), checked.worker(), node.name());
        } catch (BackupException e) {
            log.debug("job={} is not offered: {}", record.id(), e.getMessage()); // whoever carries it out says what is in the way
            return null;
        }
    }

    /** Who carries it out looks after the volume, too, but is told of nothing more: it is there again by then. */
    private MediaPools.Alarm alarm(JobRecord record) {
        return (pool, node, missing) -> {
            try {
                new LostPacks(stage).packsMissing(pool, node, missing);
            } catch (BackupException | RuntimeException e) {
                String text = missing.size() + " packs are gone from the volume of pool " + pool.name() + ", and which snapshots lost something by that could not be found out: " + e.getMessage()
                        + "; \"azekura verify --pool " + pool.name() + "\" finds it, and heals what it can";
                log.warn("job={} {}", record.id(), text);
                record.line(JobLine.Level.WARN, text);
                throw e;
            }
        };
    }

    /** The node whose volume it fills, which is looked after as it is before each backup; null if that takes something that this server alone has or knows. */
    private ConnectedNode fills(Checked.Backup backup, JobRecord record) throws BackupException {
        Pool pool = backup.into().choose(null).pool();
        ConnectedNode node = stage.hosts().node(pool.node());
        boolean plain = stage.pools().isOnDevice(pool) && stage.pools().sets().head(pool).group() == null && !stage.pools().look(pool, node, alarm(record));
        return plain ? node : null;
    }

    /** The node that it would be read from; null if that takes something that this server alone has or knows. */
    private ConnectedNode reads(Checked.Restore restore) throws BackupException {
        SnapshotPlaces places = new SnapshotPlaces(stage, restore.snapshot(), restore.order().fromCopy());
        for (Pool place : places.all()) {
            if (!stage.pools().isOnDevice(place)) {
                return null;
            }
        }
        List<SnapshotPlaces.Served> served = places.served();
        return served.stream().allMatch(SnapshotPlaces.Served::isPlain) ? served.getFirst().node() : null;
    }

    /** What comes behind a snapshot that another server has committed, and is this one's to do. */
    private void committed(Pool pool, JobRecord record) throws BackupException {
        stage.catalog().write(edit -> {
            stage.clock().remember(edit);
            return null;
        });
        new PoolCheckpoint(stage.catalog(), stage.trees(), stage.vault(), stage.hosts().node(pool.node()), pool.name()).writeIfDue()
                .ifPresent(why -> record.line(JobLine.Level.WARN, why));
    }
}
