package org.azekura.server.job.lock;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.BlobLock;
import org.azekura.api.message.LockAnswer;
import org.azekura.api.message.LockOrder;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.PoolCheckpoint;
import org.azekura.server.retention.RetentionDesk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The media of pools whose lock changes. What can't be done now comes with the next backup. */
public record PoolMedia(Stage stage, Jobs jobs) implements RetentionDesk.Media {

    private static final Logger LOG = LoggerFactory.getLogger(PoolMedia.class);

    /** It is written down there before a backup comes, and what is there is locked by a job. */
    @Override
    public void locked(PoolName pool) {
        try {
            Pool open = open(pool);
            new PoolCheckpoint(stage.catalog(), stage.trees(), stage.vault(), stage.hosts().node(open.node()), open.name()).writeIfDue().ifPresent(why -> LOG.warn("pool={} {}", pool, why));
        } catch (BackupException e) {
            LOG.warn("pool={} its lock comes on the medium with the next backup: {}", pool, e.getMessage());
        }
        try {
            jobs.submit(new JobOrder.Lock(pool));
        } catch (BackupException e) {
            LOG.warn("pool={} what is there is locked on its medium with the next backup: {}", pool, e.getMessage());
        }
    }

    @Override
    public List<BlobLock.Mode> modes(PoolName pool) {
        try {
            Pool open = open(pool);
            return stage.hosts().node(open.node()).ask(new LockOrder.AskModes(open.name()), LockAnswer.Modes.class, Orders.PROMPT).modes();
        } catch (BackupException e) {
            LOG.debug("pool={} its device can't be asked what it locks", pool, e);
            return null;
        }
    }

    private Pool open(PoolName pool) throws BackupException {
        return stage.pools().sets().open(stage.pools().get(pool));
    }
}
