package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final String IN_ORDER = "ORDER BY client, name, number";
    private static final String OF_ONE = "WHERE client = ? AND name = ?";

    private SaveSetRows() {}

    static List<KeptSaveSet> list(Sql sql, ClientName client) throws BackupException {
        if (client == null) {
            return all(sql);
        }
        List<KeptSaveSet> whole = new ArrayList<>();
        for (KeptSaveSet set : sql.list(SETS.select("WHERE client = ? ORDER BY name"), SaveSetRows::bare, client)) {
            whole.add(whole(sql, set));
        }
        return whole;
    }

    /** Each table is read once, and not once for each save set. */
    private static List<KeptSaveSet> all(Sql sql) throws BackupException {
        Map<SaveSetId, List<RawPath>> roots = new HashMap<>();
        Map<SaveSetId, List<Rule>> rules = new HashMap<>();
        sql.each(ROOTS.select(IN_ORDER), row -> Map.entry(id(row), new RawPath(row.bytes(4))), root -> add(roots, root));
        sql.each(RULES.select(IN_ORDER), row -> Map.entry(id(row), rule(row)), rule -> add(rules, rule));
        return sql.list(SETS.select("ORDER BY client, name"), SaveSetRows::bare).stream()
                .map(set -> whole(set, roots.getOrDefault(set.id(), List.of()), rules.getOrDefault(set.id(), List.of()))).toList();
    }

    private static SaveSetId id(Row row) throws SQLException {
        return new SaveSetId(row.text(1, ClientName::new), row.text(2, SaveSetName::new));
    }

    private static <T> void add(Map<SaveSetId, List<T>> all, Map.Entry<SaveSetId, T> one) {
        all.computeIfAbsent(one.getKey(), set -> new ArrayList<>(2)).add(one.getValue());
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
        return whole(bare, sql.list(ROOTS.select(OF_ONE + " ORDER BY number"), row -> new RawPath(row.bytes(4)), bare.client(), name),
                sql.list(RULES.select(OF_ONE + " ORDER BY number"), SaveSetRows::rule, bare.client(), name));
    }

    private static KeptSaveSet whole(KeptSaveSet bare, List<RawPath> roots, List<Rule> rules) {
        return new KeptSaveSet(bare.client(), bare.via(), new SaveSet(bare.saveSet().name(), roots, rules, bare.saveSet().oneFileSystem()), bare.hooks());
    }

    private static Rule rule(Row row) throws SQLException {
        return new Rule(row.flag(4), row.word(5, Rule.Kind.class), row.text(6));
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
