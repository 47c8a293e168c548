package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.KeptSaveSet;

/** Save sets with their roots and rules. */
final class SaveSetRows {

    private static final Table SETS = new Table("save_set", 2, 0, "client", "name", "via", "one_file_system", "pre", "post", "dump");
    private static final Table ROOTS = new Table("save_set_root", 3, 0, "client", "name", "number", "path");
    private static final Table RULES = new Table("save_set_rule", 3, 0, "client", "name", "number", "include", "kind", "value");
    private static final String OF_ONE = "WHERE client = ? AND name = ?";

    private SaveSetRows() {}

    static List<KeptSaveSet> list(Sql sql, ClientName client) throws BackupException {
        List<KeptSaveSet> bare = client == null ? sql.list(SETS.select("ORDER BY client, name"), SaveSetRows::bare)
                : sql.list(SETS.select("WHERE client = ? ORDER BY name"), SaveSetRows::bare, client);
        List<KeptSaveSet> whole = new ArrayList<>();
        for (KeptSaveSet set : bare) {
            whole.add(whole(sql, set));
        }
        return whole;
    }

    static List<KeptSaveSet> one(Sql sql, SaveSetId id) throws BackupException {
        List<KeptSaveSet> found = sql.list(SETS.select(OF_ONE), SaveSetRows::bare, id.client(), id.name());
        return found.isEmpty() ? found : List.of(whole(sql, found.getFirst()));
    }

    private static KeptSaveSet bare(Row row) throws SQLException {
        return new KeptSaveSet(row.text(1, ClientName::new), row.text(3, ClientName::new),
                new SaveSet(row.text(2, SaveSetName::new), List.of(), List.of(), row.flag(4)),
                new Hooks(row.text(5, HookName::new), row.text(6, HookName::new), row.text(7, HookName::new)));
    }

    private static KeptSaveSet whole(Sql sql, KeptSaveSet bare) throws BackupException {
        SaveSetName name = bare.saveSet().name();
        List<RawPath> roots = sql.list(ROOTS.select(OF_ONE + " ORDER BY number"), row -> new RawPath(row.bytes(4)), bare.client(), name);
        List<Rule> rules = sql.list(RULES.select(OF_ONE + " ORDER BY number"),
                row -> new Rule(row.flag(4), row.word(5, Rule.Kind.class), row.text(6)), bare.client(), name);
        return new KeptSaveSet(bare.client(), bare.via(), new SaveSet(name, roots, rules, bare.saveSet().oneFileSystem()), bare.hooks());
    }

    static void put(Sql sql, KeptSaveSet set) throws BackupException {
        SaveSet what = set.saveSet();
        Hooks hooks = set.hooks();
        sql.update(SETS.put(), set.client(), what.name(), set.via(), what.oneFileSystem(), hooks.pre(), hooks.post(), hooks.dump());
        sql.update("DELETE FROM save_set_root " + OF_ONE, set.client(), what.name());
        sql.update("DELETE FROM save_set_rule " + OF_ONE, set.client(), what.name());
        int number = 0;
        for (RawPath root : what.roots()) {
            sql.update(ROOTS.put(), set.client(), what.name(), number++, root.bytes());
        }
        number = 0;
        for (Rule rule : what.rules()) {
            sql.update(RULES.put(), set.client(), what.name(), number++, rule.include(), rule.kind().name(), rule.value());
        }
    }

    static void delete(Sql sql, SaveSetId id) throws BackupException {
        sql.update("DELETE FROM save_set " + OF_ONE, id.client(), id.name());
    }
}
