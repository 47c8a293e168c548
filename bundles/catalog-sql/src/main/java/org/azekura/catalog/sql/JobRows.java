package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;

/** Jobs, their logs, and the number of the next one. */
final class JobRows {

    static final Table JOBS = new Table("job", 1, 2, "id", "kind", "state", "client", "pool", "started", "ended", "files", "bytes", "error",
            "holds", "attempts", "detour", "policy", "job_order", "result");
    static final String LOG = "SELECT job, at, level, text FROM job_line WHERE job = ? ORDER BY number";

    /** As in the index of unended jobs. {@link Job.State#ended} says the same; a test compares them. */
    static final String UNENDED = "WHERE state NOT IN ('DONE', 'WARNED', 'FAILED', 'CANCELLED') ";

    /** Newest first. */
    static final String OF_CLIENT = JOBS.list("WHERE client = ? AND id < ? ORDER BY id DESC LIMIT ?");
    private static final String NEWEST = JOBS.list("WHERE id < ? ORDER BY id DESC LIMIT ?");

    private static final String WELL = "kind = 'BACKUP' AND state IN ('DONE', 'WARNED')";
    static final String KEPT = "SELECT job FROM policy_part WHERE job BETWEEN ? AND ? UNION SELECT job FROM drill_part WHERE job BETWEEN ? AND ?"
            + " UNION SELECT job FROM proof WHERE job BETWEEN ? AND ?"
            + " UNION SELECT id FROM job AS one WHERE id BETWEEN ? AND ? AND client IS NOT NULL AND " + WELL
            + " AND NOT EXISTS (SELECT 1 FROM job AS later WHERE later.client = one.client AND later.id > one.id AND later." + WELL.replace("AND ", "AND later.") + ")";

    private JobRows() {}

    static Job job(Row row) throws SQLException {
        return new Job(new JobId(row.number(1)), row.word(2, Job.Kind.class), row.word(3, Job.State.class), row.text(4, ClientName::new),
                row.text(5, PoolName::new), row.instant(6), row.instant(7), row.number(8), row.number(9), row.text(10),
                row.id(11, SnapshotId::read), Math.toIntExact(row.number(12)), row.text(13), row.text(14, PolicyName::new), row.bytes(15), row.bytes(16));
    }

    static void put(Sql sql, Job j) throws BackupException {
        sql.update(JOBS.put(), j.id().value(), j.kind().name(), j.state().name(), j.client(), j.pool(), j.started(), j.ended(), j.files(),
                j.bytes(), j.error(), j.holds() == null ? null : j.holds().bytes(), j.attempts(), j.detour(), j.policy(), j.order(), j.result());
    }

    static JobLine line(Row row) throws SQLException {
        return new JobLine(new JobId(row.number(1)), row.instant(2), row.word(3, JobLine.Level.class), row.text(4));
    }

    static void add(Sql sql, JobLine line) throws BackupException {
        sql.update("INSERT INTO job_line (job, at, level, text) VALUES (?, ?, ?, ?)", line.job().value(), line.at(), line.level().name(),
                line.text());
    }

    /** Newest first. */
    static List<Job> newest(Sql sql, ClientName client, long before, int limit) throws BackupException {
        return client == null ? sql.list(NEWEST, JobRows::job, before, limit) : sql.list(OF_CLIENT, JobRows::job, client, before, limit);
    }

    /** Which of them parts of runs, and proofs, name, or are the last that ended well. Each by its index. */
    static Set<JobId> kept(Sql sql, JobId first, JobId last) throws BackupException {
        long from = first.value();
        long to = last.value();
        return Set.copyOf(sql.list(KEPT, row -> new JobId(row.number(1)), from, to, from, to, from, to, from, to));
    }

    /** With its log, and with what of it has not been told to anybody. @return how many rows of these two went */
    static int delete(Sql sql, JobId job) throws BackupException {
        return sql.update("DELETE FROM job_line WHERE job = ?", job.value()) + sql.update("DELETE FROM job WHERE id = ?", job.value());
    }

    static JobId next(Sql sql) throws BackupException {
        long last = sql.one("SELECT value FROM counter WHERE name = 'job'", row -> row.number(1)).orElse(0L);
        JobId next = new JobId(last + 1);
        had(sql, next);
        return next;
    }

    /** The number was a job's: {@link #next} never gives it again, wherever it came from. */
    static void had(Sql sql, JobId job) throws BackupException {
        sql.update("INSERT INTO counter (name, value) VALUES ('job', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
                + " WHERE excluded.value > counter.value", job.value());
    }
}
