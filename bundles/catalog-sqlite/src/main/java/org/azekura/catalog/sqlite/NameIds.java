package org.azekura.catalog.sqlite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.names.FoldedName;

/**
 * Numbers of names and directories; makes those that are not there. Knows the way to the last directory, and the latest few thousand names: a walk
 * asks for the same ones again and again. One thread; of no use after a change that was undone.
 */
final class NameIds {

    private static final int REMEMBERED = 20_000;

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
        Long known = names.get(key);
        if (known == null) {
            known = find(sql, bytes);
            names.put(key, known);
        }
        return known;
    }

    private static long find(Sql sql, byte[] bytes) throws BackupException {
        List<Long> made = sql.list("INSERT INTO name (bytes) VALUES (?) ON CONFLICT DO NOTHING RETURNING id", row -> row.number(1), bytes);
        if (made.isEmpty()) {
            return sql.list("SELECT id FROM name WHERE bytes = ?", row -> row.number(1), bytes).getFirst();
        }
        sql.update("INSERT INTO gram (rowid, text) VALUES (?, ?)", made.getFirst(), FoldedName.of(bytes));
        return made.getFirst();
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
