package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Proof;

/** What drills proved. */
final class ProofRows {

    private static final Table PROOFS = new Table("proof", 1, 1, "job", "snapshot", "received", "client", "save_set", "pool", "host", "seed", "chosen", "chosen_of",
            "began", "ended", "entries", "bytes", "differences", "waiting_ms", "restoring_ms", "comparing_ms", "outcome", "told");

    private ProofRows() {}

    static List<Proof> list(Sql sql, ClientName client, SaveSetName saveSet, long below, int limit) throws BackupException {
        String of = client == null ? "" : saveSet == null ? "client = ? AND " : "client = ? AND save_set = ? AND ";
        Object[] arguments = client == null ? new Object[] {below, limit} : saveSet == null ? new Object[] {client, below, limit} : new Object[] {client, saveSet, below, limit};
        return sql.list(PROOFS.list("WHERE " + of + "job < ? ORDER BY job DESC LIMIT ?"), ProofRows::proof, arguments);
    }

    static List<Proof> last(Sql sql, Proof.Outcome outcome) throws BackupException {
        String which = outcome == null ? "" : "WHERE outcome = ? ";
        return sql.list(PROOFS.list("WHERE job IN (SELECT max(job) FROM proof " + which + "GROUP BY client, save_set, pool) ORDER BY client, save_set, pool"),
                ProofRows::proof, outcome == null ? new Object[] {} : new Object[] {outcome.name()});
    }

    static List<Proof> last(Sql sql, Proof.Outcome outcome, ClientName client) throws BackupException {
        String which = outcome == null ? "" : "AND outcome = ? ";
        return sql.list(PROOFS.list("WHERE job IN (SELECT max(job) FROM proof WHERE client = ? " + which + "GROUP BY client, save_set, pool) ORDER BY client, save_set, pool"),
                ProofRows::proof, outcome == null ? new Object[] {client} : new Object[] {client, outcome.name()});
    }

    static Optional<Proof> one(Sql sql, JobId job) throws BackupException {
        return sql.one(PROOFS.select("WHERE job = ?"), ProofRows::proof, job.value());
    }

    private static Proof proof(Row row) throws SQLException {
        return new Proof(new JobId(row.number(1)), row.id(2, SnapshotId::read), row.instant(3), new SaveSetId(row.text(4, ClientName::new), row.text(5, SaveSetName::new)),
                row.text(6, PoolName::new), row.text(7, ClientName::new), row.absent(8) ? null : new Proof.Sample(row.number(8), row.number(9), row.number(10)),
                row.instant(11), row.instant(12), row.number(13), row.number(14), row.number(15),
                row.absent(20) || row.text(20).isEmpty() ? List.of() : row.text(20).lines().toList(),
                new Proof.Times(Duration.ofMillis(row.number(16)), Duration.ofMillis(row.number(17)), Duration.ofMillis(row.number(18))),
                row.word(19, Proof.Outcome.class));
    }

    static void put(Sql sql, Proof p) throws BackupException {
        Proof.Sample sample = p.sample();
        sql.update(PROOFS.put(), p.job().value(), p.snapshot().bytes(), p.received(), p.saveSet().client(), p.saveSet().name(), p.pool(), p.client(),
                sample == null ? null : sample.seed(), sample == null ? 0 : sample.chosen(), sample == null ? 0 : sample.of(), p.began(), p.ended(),
                p.entries(), p.bytes(), p.differences(), p.times().waiting().toMillis(), p.times().restoring().toMillis(), p.times().comparing().toMillis(),
                p.outcome().name(), String.join("\n", p.told()));
    }
}
