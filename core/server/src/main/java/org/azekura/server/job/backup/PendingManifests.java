package org.azekura.server.job.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.Answer;
import org.azekura.api.message.PoolOrder;
import org.azekura.server.host.ConnectedNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manifests that may be on a volume while their snapshots are not in the catalog. What a crash leaves here, or a commit of which nobody could say whether it came through, is taken off the volume
 * again: a catalog that is rebuilt from volumes must not bring back what nobody was told of. A line {@code JOB POOL SNAPSHOT} each.
 */
public final class PendingManifests {

    private static final String SETTING = "manifests.pending";
    private static final Logger log = LoggerFactory.getLogger(PendingManifests.class);

    private final CatalogStore catalog;

    public PendingManifests(CatalogStore catalog) {
        this.catalog = catalog;
    }

    private record Line(JobId job, PoolName pool, SnapshotId snapshot) {

        static Line parse(String text) {
            String[] words = text.split(" ");
            return new Line(JobId.parse(words[0]), new PoolName(words[1]), SnapshotId.parse(words[2]));
        }

        @Override
        public String toString() {
            return job + " " + pool + " " + snapshot;
        }
    }

    /** Before the manifest is ordered to be written. */
    void add(JobId job, PoolName pool, SnapshotId snapshot) throws BackupException {
        catalog.write(edit -> {
            List<Line> lines = lines(edit);
            lines.add(new Line(job, pool, snapshot));
            put(edit, lines);
            return null;
        });
    }

    /** In the transaction that makes the snapshot valid, or when its manifest is off the volume. */
    static void remove(CatalogEdit edit, SnapshotId snapshot) throws BackupException {
        List<Line> lines = lines(edit);
        if (lines.removeIf(line -> line.snapshot.equals(snapshot))) {
            put(edit, lines);
        }
    }

    /** Takes the manifests of these jobs in these pools off the node's volumes. What fails is tried again the next time. */
    public void withdraw(ConnectedNode node, BiPredicate<JobId, PoolName> jobs) {
        withdraw(node, view -> lines(view).stream().filter(line -> jobs.test(line.job, line.pool)).toList());
    }

    /** The same for a job that begins and for those in this pool that have ended: they make no snapshot any more. */
    void withdrawOver(ConnectedNode node, JobId begins, PoolName within) {
        withdraw(node, view -> {
            List<Line> over = new ArrayList<>();
            for (Line line : lines(view)) {
                if (line.job.equals(begins) || line.pool.equals(within) && view.job(line.job).filter(job -> !job.state().ended()).isEmpty()) {
                    over.add(line);
                }
            }
            return over;
        });
    }

    private void withdraw(ConnectedNode node, CatalogStore.Query<List<Line>> which) {
        try {
            for (Line line : catalog.read(which)) {
                if (isOn(node.name(), line.pool)) {
                    withdraw(node, line);
                }
            }
        } catch (BackupException e) {
            log.warn("node={} a manifest without its snapshot is left on a volume: {}", node.name(), e.getMessage());
        }
    }

    private boolean isOn(NodeName node, PoolName name) throws BackupException {
        return catalog.read(view -> view.pool(name)).map(Pool::node).map(node::equals).orElse(false);
    }

    private void withdraw(ConnectedNode node, Line line) throws BackupException {
        boolean valid = catalog.read(view -> view.snapshot(line.snapshot)).isPresent();
        if (!valid) {
            node.ask(new PoolOrder.RemoveManifest(line.pool, line.snapshot), Answer.Done.class, ConnectedNode.DURABLE);
            log.info("job={} its manifest of snapshot {}, which was never in the catalog, is withdrawn", line.job, line.snapshot);
        }
        catalog.write(edit -> {
            remove(edit, line.snapshot);
            return null;
        });
    }

    private static List<Line> lines(CatalogView view) throws BackupException {
        return new ArrayList<>(view.setting(SETTING).orElse("").lines().map(Line::parse).toList());
    }

    private static void put(CatalogEdit edit, List<Line> lines) throws BackupException {
        edit.putSetting(SETTING, String.join("\n", lines.stream().map(Line::toString).toList()));
    }
}
