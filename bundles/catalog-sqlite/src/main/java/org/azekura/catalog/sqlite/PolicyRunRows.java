package org.azekura.catalog.sqlite;

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

/** Runs of policies with their parts. */
final class PolicyRunRows {

    private static final Table RUNS = new Table("policy_run", 2, 0, "policy", "number", "by_hand", "due", "ended", "outcome", "why");
    private static final Table PARTS = new Table("policy_part", 3, 0, "policy", "run", "number", "client", "save_set", "job", "attempts", "outcome", "failed", "why");

    private PolicyRunRows() {}

    /** @param condition of the runs themselves */
    static List<PolicyRun> list(Sql sql, String condition, Object... arguments) throws BackupException {
        List<PolicyRun> whole = new ArrayList<>();
        for (PolicyRun bare : sql.list(RUNS.select(condition), PolicyRunRows::bare, arguments)) {
            whole.add(bare.with(sql.list(PARTS.select("WHERE policy = ? AND run = ? ORDER BY number"), PolicyRunRows::part, bare.policy(), bare.number())));
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

    static void put(Sql sql, PolicyRun run) throws BackupException {
        sql.update(RUNS.put(), run.policy(), run.number(), run.byHand(), run.due(), run.ended(), run.outcome().name(), run.why());
        int number = 0;
        for (PolicyRun.Part part : run.parts()) {
            sql.update(PARTS.put(), run.policy(), run.number(), number++, part.saveSet().client(), part.saveSet().name(),
                    part.job() == null ? null : part.job().value(), part.attempts(), part.outcome().name(), part.failed(), part.why());
        }
    }

    static void delete(Sql sql, PolicyName policy, int but) throws BackupException {
        sql.update("DELETE FROM policy_run WHERE policy = ? AND ended IS NOT NULL AND number NOT IN (SELECT number FROM policy_run WHERE policy = ?"
                + " ORDER BY number DESC LIMIT ?)", policy, policy, but);
    }
}
