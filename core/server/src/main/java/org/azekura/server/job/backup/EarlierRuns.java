package org.azekura.server.job.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Stage;

/** What earlier runs of a backup left on its volume. */
final class EarlierRuns {

    private final Stage stage;
    private final JobRecord record;
    private final Pool pool;

    EarlierRuns(Stage stage, JobRecord record, Pool pool) {
        this.stage = stage;
        this.record = record;
        this.pool = pool;
    }

    /**
     * Whether all packs that they wrote are there still. What a client took over from others is looked for when the snapshot is
     * committed.
     *
     * @param stored gets their bytes
     */
    boolean areWhole(ConnectedNode node, AtomicLong stored) throws BackupException {
        List<PackId> missing = new ArrayList<>(stage.pools().missing(pool, node));
        List<PackId> gone = new ArrayList<>();
        long[] bytes = new long[1];
        stage.catalog().read(view -> {
            view.eachPack(pool.name(), pack -> count(pack, bytes));
            for (PackId id : missing) {
                if (view.pack(id, pool.name()).map(pack -> record.id().equals(pack.job())).orElse(false)) {
                    gone.add(id);
                }
            }
            return null;
        });
        stored.addAndGet(bytes[0]);
        if (!gone.isEmpty()) {
            record.line(JobLine.Level.WARN, gone.size() + " packs that this job wrote are gone, " + gone.getFirst()
                    + " among them; everything is read again");
        }
        return gone.isEmpty();
    }

    private void count(Pack pack, long[] bytes) {
        if (record.id().equals(pack.job())) {
            bytes[0] += pack.size();
        }
    }
}
