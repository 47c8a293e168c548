package org.azekura.catalog.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.names.NameLine;
import org.azekura.api.names.NameQuery;
import org.azekura.api.names.NameSpan;
import org.azekura.api.names.NameState;
import org.azekura.api.names.NameType;
import org.azekura.api.names.NameVisitor;
import org.azekura.catalog.sql.Row;
import org.azekura.catalog.sql.Sql;

/** One search in the names of a pool: names by number, and the directories of each by number. */
final class NameLookup {

    private static final String ALL = "SELECT id, bytes FROM name WHERE id >= ? ORDER BY id";
    private static final String SOME = "SELECT name.id, name.bytes FROM gram CROSS JOIN name ON name.id = gram.rowid WHERE gram MATCH ? AND gram.rowid >= ?"
            + " AND gram.rowid < ? ORDER BY gram.rowid";
    private static final String VERSIONS = "SELECT dir, first, last, type, size, seconds, nanos, look FROM version WHERE name = ? AND dir > ? ORDER BY dir, first";

    /** Names that are looked through by their trigrams at a time. */
    static final int STRETCH = 500_000;
    /** The first so many choose well enough, and a name has no more than a few hundred. */
    private static final int MAX_GRAMS = 64;

    private final Sql sql;
    private final NameVisitor visitor;
    private final int stretch;
    private final DirPaths dirs;
    private final Map<Long, Line> lines = new HashMap<>();
    private String stopped;

    /** @param numbers of its days */
    private record Line(NameLine line, long[] numbers, boolean wanted) {}

    private record Name(long id, byte[] bytes) {}

    private record Version(long dir, long first, long last, NameState state) {

        static Version of(Row row) throws SQLException {
            return new Version(row.number(1), row.number(2), row.absent(3) ? Long.MAX_VALUE : row.number(3), new NameState(NameType.values()[row.count(4)],
                    row.number(5), row.absent(6) ? null : Instant.ofEpochSecond(row.number(6), row.number(7)), row.number(8)));
        }
    }

    /** @param stretch how many names are looked through before the visitor is asked whether to go on */
    NameLookup(Sql sql, NameVisitor visitor, int stretch) {
        this.stretch = stretch;
        this.sql = sql;
        this.visitor = visitor;
        this.dirs = new DirPaths(sql);
    }

    String search(NameQuery query) throws BackupException {
        long generation = sql.list("SELECT generation FROM book", row -> row.number(1)).getFirst();
        NamePlace from = NamePlace.parse(query.after(), generation);
        for (long id : sql.list("SELECT id FROM line ORDER BY id", row -> row.number(1))) {
            NameLine line = NameRows.line(sql, id);
            long[] numbers = sql.list("SELECT number FROM day WHERE line = ? ORDER BY number", row -> row.number(1), id).stream().mapToLong(n -> n).toArray();
            lines.put(id, new Line(line, numbers, visitor.wants(line)));
        }
        Sql.Taking<Name> each = name -> take(name, name.id == from.name() ? from.dir() : NamePlace.BEFORE_ALL, generation);
        String grams = grams(query.pieces());
        if (lines.values().stream().noneMatch(Line::wanted)) {
            return null;
        }
        if (grams.isEmpty()) {
            sql.some(ALL, row -> new Name(row.number(1), row.bytes(2)), each, from.name());
        } else {
            some(grams, from.name(), each, generation);
        }
        return stopped;
    }

    /** By stretches: the database compares the lists of many names in one call, and who waits is not asked meanwhile. */
    private void some(String grams, long from, Sql.Taking<Name> each, long generation) throws BackupException {
        long end = sql.list("SELECT coalesce(max(id), 0) FROM name", row -> row.number(1)).getFirst();
        for (long at = from; at <= end && stopped == null; at += stretch) {
            if (at > from && !visitor.looksOn()) {
                stopped = new NamePlace(at, NamePlace.BEFORE_ALL).text(generation);
            } else {
                sql.some(SOME, row -> new Name(row.number(1), row.bytes(2)), each, grams, at, at + stretch);
            }
        }
    }

    /** Without their order: of a phrase the index would have to keep the places. */
    private static String grams(List<String> pieces) {
        Set<String> grams = new LinkedHashSet<>();
        for (String piece : pieces) {
            int[] points = piece.codePoints().toArray();
            for (int i = 0; i + NameQuery.SHORTEST <= points.length && grams.size() < MAX_GRAMS; i++) {
                String gram = new String(points, i, NameQuery.SHORTEST);
                if (gram.indexOf(0) < 0) { // where the database takes its text to end; no name has it
                    grams.add("\"" + gram.replace("\"", "\"\"") + "\"");
                }
            }
        }
        return String.join(" AND ", grams);
    }

    private boolean take(Name name, long behind, long generation) throws BackupException {
        switch (visitor.name(name.bytes)) {
            case PASS -> {
                return true;
            }
            case STOP -> {
                stopped = new NamePlace(name.id, behind).text(generation);
                return false;
            }
            case TAKE -> {}
        }
        List<Version> one = new ArrayList<>();
        sql.some(VERSIONS, Version::of, version -> {
            boolean more = true;
            if (!one.isEmpty() && one.getFirst().dir != version.dir) {
                more = path(name, one, generation);
                one.clear();
            }
            one.add(version);
            return more;
        }, name.id, behind);
        return stopped == null && (one.isEmpty() || path(name, one, generation));
    }

    private boolean path(Name name, List<Version> versions, long generation) throws BackupException {
        long dir = versions.getFirst().dir;
        Line line = lines.get(dirs.line(dir));
        if (line == null || !line.wanted) {
            return true;
        }
        List<NameSpan> spans = new ArrayList<>();
        for (Version version : versions) {
            int first = firstFrom(line.numbers, version.first);
            int last = firstFrom(line.numbers, version.last == Long.MAX_VALUE ? Long.MAX_VALUE : version.last + 1) - 1;
            if (first <= last) {
                spans.add(new NameSpan(version.state, first, last));
            }
        }
        if (spans.isEmpty() || visitor.path(line.line, new RawPath(dirs.path(dir)).child(name.bytes), spans)) {
            return true;
        }
        stopped = new NamePlace(name.id, dir - 1).text(generation);
        return false;
    }

    /** The place of the first number that is not smaller. */
    private static int firstFrom(long[] numbers, long number) {
        int place = Arrays.binarySearch(numbers, number);
        return place >= 0 ? place : -place - 1;
    }
}
