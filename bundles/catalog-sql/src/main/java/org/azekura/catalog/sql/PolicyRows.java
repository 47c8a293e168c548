package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Policy;

/** Policies with what they name. */
final class PolicyRows {

    private static final Table POLICIES = new Table("policy", 1, 0, TimingRow.between(List.of("name", "pool"), "keep"));
    private static final PlanLists LISTS = new PlanLists("policy", "policy");

    private PolicyRows() {}

    /** @param condition of the policies themselves */
    static List<Policy> list(Sql sql, String condition, Object... arguments) throws BackupException {
        List<Policy> whole = new ArrayList<>();
        for (Policy bare : sql.list(POLICIES.select(condition), PolicyRows::bare, arguments)) {
            whole.add(new Policy(bare.name(), bare.pool(), LISTS.saveSets(sql, bare.name()), LISTS.copies(sql, bare.name()),
                    TimingRow.with(bare.timing(), LISTS.blackouts(sql, bare.name())), bare.keep()));
        }
        return whole;
    }

    private static Policy bare(Row row) throws SQLException {
        return new Policy(row.text(1, PolicyName::new), row.text(2, PoolName::new), List.of(), List.of(), TimingRow.read(row, 3), Keep.parse(row.text(13)));
    }

    static void put(Sql sql, Policy policy) throws BackupException {
        sql.update(POLICIES.put(), TimingRow.between(List.of(policy.name(), policy.pool()), policy.timing(), policy.keep().text()));
        LISTS.put(sql, policy.name(), policy.saveSets(), policy.copyTo(), policy.timing().blackouts());
    }

    static void delete(Sql sql, PolicyName name) throws BackupException {
        sql.update("DELETE FROM policy WHERE name = ?", name);
    }
}
