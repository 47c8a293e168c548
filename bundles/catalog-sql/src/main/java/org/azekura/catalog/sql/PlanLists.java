package org.azekura.catalog.sql;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;

/** What policies and plans of drills have several of, in order: save sets, pools of copies, blackouts. */
final class PlanLists {

    private final String table;
    private final String key;
    private final Table sets;
    private final Table copies;
    private final Table blackouts;

    /** @param key the column with the name of whose they are */
    PlanLists(String table, String key) {
        this.table = table;
        this.key = key;
        sets = new Table(table + "_save_set", 2, 0, key, "number", "client", "name");
        copies = new Table(table + "_copy", 2, 0, key, "number", "pool");
        blackouts = new Table(table + "_blackout", 2, 0, key, "number", "hours");
    }

    private String of() {
        return "WHERE " + key + " = ? ORDER BY number";
    }

    List<SaveSetId> saveSets(Sql sql, PolicyName name) throws BackupException {
        return sql.list(sets.select(of()), row -> new SaveSetId(row.text(3, ClientName::new), row.text(4, SaveSetName::new)), name);
    }

    List<PoolName> copies(Sql sql, PolicyName name) throws BackupException {
        return sql.list(copies.select(of()), row -> row.text(3, PoolName::new), name);
    }

    List<String> blackouts(Sql sql, PolicyName name) throws BackupException {
        return sql.list(blackouts.select(of()), row -> row.text(3), name);
    }

    /** In place of those that there are. */
    void put(Sql sql, PolicyName name, List<SaveSetId> saveSets, List<PoolName> pools, List<String> hours) throws BackupException {
        for (String list : List.of("_save_set", "_copy", "_blackout")) {
            sql.update("DELETE FROM " + table + list + " WHERE " + key + " = ?", name);
        }
        for (int i = 0; i < saveSets.size(); i++) {
            sql.update(sets.put(), name, i, saveSets.get(i).client(), saveSets.get(i).name());
        }
        for (int i = 0; i < pools.size(); i++) {
            sql.update(copies.put(), name, i, pools.get(i));
        }
        for (int i = 0; i < hours.size(); i++) {
            sql.update(blackouts.put(), name, i, hours.get(i));
        }
    }
}
