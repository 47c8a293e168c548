package org.azekura.server.job.expire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.azekura.server.retention.RetentionDesk;
import org.azekura.server.retention.Unpruned;

/**
 * Deletes snapshots that no rule wants any more, a few at a time: what the rules say is asked again for the next few. Cut off at any moment it begins again, and finds
 * what is left. One that can't be deleted now holds no other up; the next expiry comes to it.
 */
public final class ExpireRun implements Run {

    /** Between two looks at what the rules say. */
    private static final int STEP = 50;
    /** More names than this help nobody. */
    private static final int MAX_NAMED = 10_000;

    /** Deletes one snapshot, as an operator would. */
    @FunctionalInterface
    public interface Deletion {
        void delete(SnapshotId id) throws BackupException;
    }

    private final Stage stage;
    private final JobRecord record;
    private final JobOrder.Expire order;
    private final RetentionDesk retention;
    private final Deletion deletion;
    private final Halt halt = new Halt();
    private final List<JobResult.Gone> expired = new ArrayList<>();
    private final Map<SnapshotId, String> left = new LinkedHashMap<>();
    private final Set<NodeName> away = new HashSet<>();
    private int count;

    public ExpireRun(Stage stage, JobRecord record, JobOrder.Expire order, RetentionDesk retention, Deletion deletion) {
        this.stage = stage;
        this.record = record;
        this.order = order;
        this.retention = retention;
        this.deletion = deletion;
    }

    @Override
    public Job carryOut() throws BackupException {
        record.phase("expiring snapshots");
        for (Set<ClientName> clients : retention.clients(order.policy())) {
            for (List<Snapshot> due = due(clients); !due.isEmpty(); due = due(clients)) {
                for (Snapshot snapshot : due) {
                    halt.check();
                    expire(snapshot);
                    record.progress(count, 0, 0);
                }
            }
        }
        return settle();
    }

    /** A few at a time: who changes a rule or pins something while the job runs is heard. */
    private List<Snapshot> due(Set<ClientName> clients) throws BackupException {
        halt.check();
        return retention.due(order.policy(), clients).stream().filter(snapshot -> !left.containsKey(snapshot.id())).limit(STEP).toList();
    }

    private void expire(Snapshot snapshot) throws BackupException {
        Pool pool = stage.catalog().read(view -> view.pool(snapshot.pool())).orElseThrow();
        if (!stage.hosts().isConnected(pool.node())) {
            left.put(snapshot.id(), "storage node " + pool.node() + " is not connected");
            if (away.add(pool.node())) {
                record.line(JobLine.Level.WARN, "what lies on storage node " + pool.node() + " stays for now: it is not connected");
            }
            return;
        }
        String named = "snapshot " + snapshot.id() + " of " + snapshot.client() + "/" + snapshot.saveSet() + " in pool " + pool.name() + ", received "
                + retention.received(snapshot);
        try {
            deletion.delete(snapshot.id());
        } catch (BackupException e) {
            halt.check();
            left.put(snapshot.id(), e.getMessage());
            record.line(JobLine.Level.WARN, named + " stays for now: " + e.getMessage());
            return;
        }
        Unpruned.note(stage.catalog(), pool.name());
        record.line(JobLine.Level.INFO, named + " has expired");
        count++;
        if (expired.size() < MAX_NAMED) {
            expired.add(new JobResult.Gone(snapshot.id(), snapshot.client(), snapshot.saveSet(), pool.name(), retention.received(snapshot)));
        }
    }

    private Job settle() throws BackupException {
        record.line(JobLine.Level.INFO, count + " snapshots have expired" + (left.isEmpty() ? "" : ", " + left.size() + " that were to go are there still"));
        List<JobResult.LeftOut> leftOut = left.entrySet().stream().limit(MAX_NAMED).map(one -> new JobResult.LeftOut(one.getKey(), one.getValue())).toList();
        return record.settle(left.isEmpty() ? Job.State.DONE : Job.State.WARNED, count, 0, null, new JobResult.Expire(expired, count, leftOut));
    }

    @Override
    public void stop(BackupException why) {
        halt.say(why);
    }
}
