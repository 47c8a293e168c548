package org.azekura.server.job;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Offers;
import org.azekura.api.catalog.Offers.Offer;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.JobOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.PoolCheckpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which attempts are offered to another server of the appliance: the first of a backup that needs nothing that this server alone has or knows, as long as more of that kind run
 * here than there. Thread-safe.
 */
public final class OfferDesk {

    private static final Logger log = LoggerFactory.getLogger(OfferDesk.class);

    private final Stage stage;
    private final Supplier<Optional<Offers>> offers;
    private final AtomicInteger here = new AtomicInteger();
    private final AtomicInteger away = new AtomicInteger();
    /** What came back is not offered again. */
    private final Set<JobId> tried = ConcurrentHashMap.newKeySet();

    /** @param offers empty as long as no other server can take any; of whichever store keeps the catalog just now */
    public OfferDesk(Stage stage, Supplier<Optional<Offers>> offers) {
        this.stage = stage;
        this.offers = offers;
    }

    /** The run of a job's next attempt, by another server if one takes it at once. @param own by this one */
    Run run(Checked checked, JobRecord record, Run own, boolean goesOn) {
        return goesOn || !(checked instanceof Checked.Backup backup) || !mayGo(backup.order()) ? own : new OfferedRun(stage.catalog(), new OfJob(this, backup, record), record, own);
    }

    private static boolean mayGo(JobOrder.Backup order) {
        return order.stream() == null && order.hooks().dump() == null && !order.dryRun();
    }

    private record OfJob(OfferDesk desk, Checked.Backup backup, JobRecord record) implements OfferedRun.Desk {

        @Override
        public Offer offer() {
            return desk.of(backup, record);
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
        public void tried() {
            desk.tried.add(record.id());
        }

        @Override
        public void committed(Job end) throws BackupException {
            desk.committed(desk.stage.pools().get(end.pool()), record);
        }

        @Override
        public void over() {
            desk.tried.remove(record.id());
        }
    }

    /**
     * What to offer of this attempt.
     *
     * @return null: nothing, it is carried out here
     */
    private Offer of(Checked.Backup backup, JobRecord record) {
        try {
            Optional<Offers> there = offers.get();
            if (there.isEmpty() || !there.get().isAnybodyThere() || here.get() <= away.get() || record.job().attempts() > 1 || tried.contains(record.id())) {
                return null;
            }
            ClientName client = backup.worker();
            Pool pool = backup.into().choose(null).pool();
            ConnectedNode node = stage.hosts().node(pool.node());
            boolean may = stage.hosts().client(client).isElsewhere() && node.isElsewhere() && stage.pools().isOnDevice(pool) && stage.pools().sets().head(pool).group() == null
                    && !stage.pools().look(pool, node, (one, at, missing) -> {});
            return may ? new Offer(record.id(), record.job().attempts(), client, pool.node()) : null;
        } catch (BackupException e) {
            log.debug("job={} is not offered: {}", record.id(), e.getMessage()); // whoever carries it out says what is in the way
            return null;
        }
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
