package org.azekura.server.job;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final AtomicInteger here = new AtomicInteger();
    private final AtomicInteger away = new AtomicInteger();

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

    private record OfJob(OfferDesk desk, Checked checked, JobRecord record) implements OfferedRun.Desk {

        @Override
        public Offer offer() {
            return desk.of(checked, record);
        }

        @Override
        public Offers offers() {
            return desk.offers.get().orElseThrow(() -> new IllegalStateException("there is no catalog store just now"));
        }

        @Override
        public void began(boolean elsewhere) {
            (elsewhere ? desk.away : desk.here).incrementAndGet();
        }

        @Override
        public void ended(boolean elsewhere) {
            (elsewhere ? desk.away : desk.here).decrementAndGet();
        }

        @Override
        public void committed(Job end) throws BackupException {
            if (end.kind() == Job.Kind.BACKUP) {
                desk.committed(desk.stage.pools().get(end.pool()), record);
            }
        }
    }

    /**
     * What to offer of this attempt.
     *
     * @return null: nothing, it is carried out here
     */
    private Offer of(Checked checked, JobRecord record) {
        try {
            Optional<Offers> there = offers.get();
            if (there.isEmpty() || !there.get().isAnybodyThere() || here.get() <= away.get() || record.job().attempts() > 1
                    || !stage.hosts().client(checked.worker()).isElsewhere()) {
                return null;
            }
            ConnectedNode node = checked instanceof Checked.Restore restore ? reads(restore) : checked instanceof Checked.Backup backup ? fills(backup) : null;
            return node == null || !node.isElsewhere() ? null : new Offer(record.id(), record.job().attempts(), checked.worker(), node.name());
        } catch (BackupException e) {
            log.debug("job={} is not offered: {}", record.id(), e.getMessage()); // whoever carries it out says what is in the way
            return null;
        }
    }

    /** The node whose volume it fills, which is looked after as it is before each backup; null if that takes something that this server alone has or knows. */
    private ConnectedNode fills(Checked.Backup backup) throws BackupException {
        Pool pool = backup.into().choose(null).pool();
        ConnectedNode node = stage.hosts().node(pool.node());
        boolean plain = stage.pools().isOnDevice(pool) && stage.pools().sets().head(pool).group() == null && !stage.pools().look(pool, node, new LostPacks(stage));
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
