package org.azekura.catalog.sqlite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.names.FoldedName;
import org.azekura.catalog.sql.Sql;

/**
 * Numbers of names and directories; makes those that are not there. Knows the way to the last directory, and the latest few thousand names: a walk
 * asks for the same ones again and again. One thread; of no use after a change that was undone.
 */
final class NameIds {

    /** More than a part of a snapshot has. */
    private static final int REMEMBERED = 50_000;
    private static final int AT_ONCE = 64;
    private static final String MAKE = "INSERT INTO name (bytes) VALUES (?)" + ", (?)".repeat(AT_ONCE - 1) + " ON CONFLICT DO NOTHING RETURNING id, bytes";
    private static final String FIND = "SELECT id, bytes FROM name WHERE bytes IN (?" + ", ?".repeat(AT_ONCE - 1) + ")";

    private final Map<RawPath, Long> names = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RawPath, Long> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final List<byte[]> way = new ArrayList<>();
    private final List<Long> dirs = new ArrayList<>();
    private byte[] parent;

    void clear() {
        names.clear();
        way.clear();
        dirs.clear();
        parent = null;
    }

    long name(Sql sql, byte[] bytes) throws BackupException {
        RawPath key = new RawPath(bytes);
        if (!names.containsKey(key)) {
            learn(sql, Set.of(key));
        }
        return names.get(key);
    }

    /** Names that will be asked for, many at a time: a call of the database costs more than what it does here. */
    void learn(Sql sql, Set<RawPath> some) throws BackupException {
        List<byte[]> unknown = some.stream().filter(name -> !names.containsKey(name)).map(RawPath::bytes).toList();
        RowBatch grams = new RowBatch(sql, "INSERT INTO gram (rowid, text)", 2);
        for (int from = 0; from < unknown.size(); from += AT_ONCE) {
            learn(sql, unknown.subList(from, Math.min(unknown.size(), from + AT_ONCE)), grams);
        }
        grams.flush();
    }

    private record Named(long id, byte[] bytes) {}

    private void learn(Sql sql, List<byte[]> some, RowBatch grams) throws BackupException {
        Object[] arguments = Arrays.copyOf(some.toArray(), AT_ONCE);
        for (int i = some.size(); i < AT_ONCE; i++) {
            arguments[i] = some.getFirst(); // the statement has a place for each
        }
        Set<RawPath> made = new HashSet<>();
        for (Named name : sql.list(MAKE, row -> new Named(row.number(1), row.bytes(2)), arguments)) {
            grams.add(name.id, FoldedName.of(name.bytes));
            names.put(new RawPath(name.bytes), name.id);
            made.add(new RawPath(name.bytes));
        }
        if (made.size() < some.size()) {
            sql.each(FIND, row -> new Named(row.number(1), row.bytes(2)), name -> names.put(new RawPath(name.bytes), name.id), arguments);
        }
    }

    /** The directory that a path is in. */
    long dir(Sql sql, long line, RawPath path) throws BackupException {
        byte[] bytes = path.bytes();
        int end = lastSlash(bytes);
        if (parent != null && !dirs.isEmpty() && dirs.getFirst() == root(line) && Arrays.equals(parent, 0, parent.length, bytes, 0, end)) {
            return dirs.getLast();
        }
        parent = Arrays.copyOf(bytes, end);
        return go(sql, line, new RawPath(parent).names());
    }

    static int lastSlash(byte[] path) {
        int end = path.length - 1;
        while (end > 0 && path[end] != '/') {
            end--;
        }
        return end;
    }

    private static long root(long line) {
        return -line;
    }

    private long go(Sql sql, long line, List<byte[]> names) throws BackupException {
        int same = 0;
        if (dirs.isEmpty() || dirs.getFirst() != root(line)) {
            way.clear();
            dirs.clear();
            dirs.add(root(line));
        } else {
            while (same < names.size() && same < way.size() && Arrays.equals(way.get(same), names.get(same))) {
                same++;
            }
            way.subList(same, way.size()).clear();
            dirs.subList(same + 1, dirs.size()).clear();
        }
        for (byte[] name : names.subList(same, names.size())) {
            dirs.add(below(sql, line, dirs.getLast(), name(sql, name)));
            way.add(name);
        }
        return dirs.getLast();
    }

    private static long below(Sql sql, long line, long parent, long name) throws BackupException {
        List<Long> known = sql.list("SELECT id FROM dir WHERE parent = ? AND name = ?", row -> row.number(1), parent, name);
        return known.isEmpty() ? sql.list("INSERT INTO dir (line, parent, name) VALUES (?, ?, ?) RETURNING id", row -> row.number(1), line, parent, name).getFirst()
                : known.getFirst();
    }
}
