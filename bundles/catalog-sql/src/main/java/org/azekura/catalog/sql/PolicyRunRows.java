package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.PolicyRun;

/** Runs of policies, or of plans of drills, with their parts. */
final class PolicyRunRows {

    static final PolicyRunRows POLICIES = new PolicyRunRows("policy", "policy");
    static final PolicyRunRows DRILLS = new PolicyRunRows("drill", "plan");

    private final String table;
    private final String key;
    private final Table runs;
    private final Table parts;

    /** @param key the column with the name of whose they are */
    private PolicyRunRows(String kind, String key) {
        this.table = kind + "_run";
        this.key = key;
        runs = new Table(table, 2, 0, key, "number", "by_hand", "due", "ended", "outcome", "why");
        parts = new Table(kind + "_part", 3, 0, key, "run", "number", "client", "save_set", "job", "attempts", "outcome", "failed", "why");
    }

    /** Newest first. */
    List<PolicyRun> last(Sql sql, PolicyName name, int limit) throws BackupException {
        return list(sql, "WHERE " + key + " = ? ORDER BY number DESC LIMIT ?", name, limit);
    }

    List<PolicyRun> lastBare(Sql sql, PolicyName name, int limit) throws BackupException {
        return sql.list(runs.select("WHERE " + key + " = ? ORDER BY number DESC LIMIT ?"), PolicyRunRows::bare, name, limit);
    }

    List<PolicyRun> open(Sql sql) throws BackupException {
        return list(sql, "WHERE ended IS NULL ORDER BY " + key + ", number");
    }

    List<PolicyRun> open(Sql sql, PolicyName name) throws BackupException {
        return list(sql, "WHERE " + key + " = ? AND ended IS NULL ORDER BY number", name);
    }

    private List<PolicyRun> list(Sql sql, String condition, Object... arguments) throws BackupException {
        List<PolicyRun> whole = new ArrayList<>();
        for (PolicyRun bare : sql.list(runs.select(condition), PolicyRunRows::bare, arguments)) {
            whole.add(bare.with(sql.list(parts.select("WHERE " + key + " = ? AND run = ? ORDER BY number"), PolicyRunRows::part, bare.policy(), bare.number())));
        }
        return whole;
    }

    private static PolicyRun bare(Row row) throws SQLException {
        return new PolicyRun(row.text(1, PolicyName::new), row.number(2), row.flag(3), row.instant(4), row.instant(5), row.word(6, PolicyRun.Outcome.class),
                row.text(7), List.of());
    }

    private static PolicyRun.Part part(Row row) throws SQLException {
        return new PolicyRun.Part(new SaveSetId(row.text(4, ClientName::new), row.text(5, SaveSetName::new)), row.absent(6) ? null : new JobId(row.number(6)),
                row.count(7), row.word(8, PolicyRun.Outcome.class), row.instant(9), row.text(10));
    }

    void put(Sql sql, PolicyRun run) throws BackupException {
        sql.update(runs.put(), run.policy(), run.number(), run.byHand(), run.due(), run.ended(), run.outcome().name(), run.why());
        int number = 0;
        for (PolicyRun.Part part : run.parts()) {
            sql.update(parts.put(), run.policy(), run.number(), number++, part.saveSet().client(), part.saveSet().name(),
                    part.job() == null ? null : part.job().value(), part.attempts(), part.outcome().name(), part.failed(), part.why());
        }
    }

    void delete(Sql sql, PolicyName name, int but) throws BackupException {
        sql.update("DELETE FROM " + table + " WHERE " + key + " = ? AND ended IS NOT NULL AND number NOT IN (SELECT number FROM " + table + " WHERE " + key
                + " = ? ORDER BY number DESC LIMIT ?)", name, name, but);
    }
}
