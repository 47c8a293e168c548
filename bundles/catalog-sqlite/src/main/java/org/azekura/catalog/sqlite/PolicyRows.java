package org.azekura.catalog.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.Policy;

/** Policies with what they name. */
final class PolicyRows {

    private static final Table POLICIES = new Table("policy", 1, 0, "name", "pool");
    private static final Table SAVE_SETS = new Table("policy_save_set", 2, 0, "policy", "number", "client", "name");
    private static final Table COPIES = new Table("policy_copy", 2, 0, "policy", "number", "pool");

    private PolicyRows() {}

    /** @param condition of the policies themselves */
    static List<Policy> list(Sql sql, String condition, Object... arguments) throws BackupException {
        List<Policy> whole = new ArrayList<>();
        for (Policy bare : sql.list(POLICIES.select(condition), PolicyRows::bare, arguments)) {
            List<SaveSetId> sets = sql.list(SAVE_SETS.select("WHERE policy = ? ORDER BY number"),
                    row -> new SaveSetId(row.text(3, ClientName::new), row.text(4, SaveSetName::new)), bare.name());
            List<PoolName> copies = sql.list(COPIES.select("WHERE policy = ? ORDER BY number"), row -> row.text(3, PoolName::new), bare.name());
            whole.add(new Policy(bare.name(), bare.pool(), sets, copies));
        }
        return whole;
    }

    private static Policy bare(Row row) throws SQLException {
        return new Policy(row.text(1, PolicyName::new), row.text(2, PoolName::new), List.of(), List.of());
    }

    static void put(Sql sql, Policy policy) throws BackupException {
        sql.update(POLICIES.put(), policy.name(), policy.pool());
        sql.update("DELETE FROM policy_save_set WHERE policy = ?", policy.name());
        sql.update("DELETE FROM policy_copy WHERE policy = ?", policy.name());
        int number = 0;
        for (SaveSetId set : policy.saveSets()) {
            sql.update(SAVE_SETS.put(), policy.name(), number++, set.client(), set.name());
        }
        number = 0;
        for (PoolName pool : policy.copyTo()) {
            sql.update(COPIES.put(), policy.name(), number++, pool);
        }
    }

    static void delete(Sql sql, PolicyName name) throws BackupException {
        sql.update("DELETE FROM policy WHERE name = ?", name);
    }
}
