package org.azekura.catalog.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.Policy;

/** Policies with what they name. */
final class PolicyRows {

    private static final Table POLICIES = new Table("policy", 1, 0, "name", "pool", "schedule", "zone", "leave_out", "catch_up", "priority", "at_once", "spread_s",
            "retries", "retry_after_s", "enabled", "keep");
    private static final Table SAVE_SETS = new Table("policy_save_set", 2, 0, "policy", "number", "client", "name");
    private static final Table COPIES = new Table("policy_copy", 2, 0, "policy", "number", "pool");
    private static final Table BLACKOUTS = new Table("policy_blackout", 2, 0, "policy", "number", "hours");

    private PolicyRows() {}

    /** @param condition of the policies themselves */
    static List<Policy> list(Sql sql, String condition, Object... arguments) throws BackupException {
        List<Policy> whole = new ArrayList<>();
        for (Policy bare : sql.list(POLICIES.select(condition), PolicyRows::bare, arguments)) {
            List<SaveSetId> sets = sql.list(SAVE_SETS.select("WHERE policy = ? ORDER BY number"),
                    row -> new SaveSetId(row.text(3, ClientName::new), row.text(4, SaveSetName::new)), bare.name());
            List<PoolName> copies = sql.list(COPIES.select("WHERE policy = ? ORDER BY number"), row -> row.text(3, PoolName::new), bare.name());
            List<String> blackouts = sql.list(BLACKOUTS.select("WHERE policy = ? ORDER BY number"), row -> row.text(3), bare.name());
            Timing t = bare.timing();
            whole.add(new Policy(bare.name(), bare.pool(), sets, copies, new Timing(t.schedule(), t.zone(), blackouts, t.leaveOut(), t.catchUp(), t.priority(),
                    t.atOnce(), t.spread(), t.retries(), t.retryAfter(), t.enabled()), bare.keep()));
        }
        return whole;
    }

    private static Policy bare(Row row) throws SQLException {
        return new Policy(row.text(1, PolicyName::new), row.text(2, PoolName::new), List.of(), List.of(),
                new Timing(row.text(3), row.text(4), List.of(), row.flag(5), row.flag(6), row.count(7), row.count(8), Duration.ofSeconds(row.number(9)),
                        row.count(10), Duration.ofSeconds(row.number(11)), row.flag(12)), Keep.parse(row.text(13)));
    }

    static void put(Sql sql, Policy policy) throws BackupException {
        Timing t = policy.timing();
        sql.update(POLICIES.put(), policy.name(), policy.pool(), t.schedule(), t.zone(), t.leaveOut(), t.catchUp(), t.priority(), t.atOnce(),
                t.spread().toSeconds(), t.retries(), t.retryAfter().toSeconds(), t.enabled(), policy.keep().text());
        for (String list : List.of("policy_save_set", "policy_copy", "policy_blackout")) {
            sql.update("DELETE FROM " + list + " WHERE policy = ?", policy.name());
        }
        int number = 0;
        for (SaveSetId set : policy.saveSets()) {
            sql.update(SAVE_SETS.put(), policy.name(), number++, set.client(), set.name());
        }
        number = 0;
        for (PoolName pool : policy.copyTo()) {
            sql.update(COPIES.put(), policy.name(), number++, pool);
        }
        number = 0;
        for (String blackout : t.blackouts()) {
            sql.update(BLACKOUTS.put(), policy.name(), number++, blackout);
        }
    }

    static void delete(Sql sql, PolicyName name) throws BackupException {
        sql.update("DELETE FROM policy WHERE name = ?", name);
    }
}
