package org.azekura.catalog.sqlite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.catalog.sql.Sql;

/** Paths of directories by their numbers; remembers the latest few thousand. For one search. */
final class DirPaths {

    private static final int REMEMBERED = 10_000;

    private final Sql sql;
    private final Map<Long, Dir> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Dir> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Dir(long line, long parent, byte[] name) {}

    DirPaths(Sql sql) {
        this.sql = sql;
    }

    long line(long dir) throws BackupException {
        return dir < 0 ? -dir : dir(dir).line;
    }

    /** {@code /} for the root of a line. */
    byte[] path(long dir) throws BackupException {
        List<byte[]> names = new ArrayList<>();
        for (long at = dir; at > 0; at = dir(at).parent) {
            names.add(dir(at).name);
        }
        Collections.reverse(names);
        RawPath path = RawPath.of("/");
        for (byte[] name : names) {
            path = path.child(name);
        }
        return path.bytes();
    }

    private Dir dir(long id) throws BackupException {
        Dir dir = known.get(id);
        if (dir == null) {
            dir = sql.list("SELECT dir.line, dir.parent, name.bytes FROM dir JOIN name ON name.id = dir.name WHERE dir.id = ?",
                    row -> new Dir(row.number(1), row.number(2), row.bytes(3)), id).getFirst();
            known.put(id, dir);
        }
        return dir;
    }
}
