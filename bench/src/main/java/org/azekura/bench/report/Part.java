package org.azekura.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A row of the table of goals, with what shows it.
 *
 * @param work what it is about
 * @param goal in words
 */
record Part(String work, String goal, List<Row> rows) {

    static Part of(String work, String goal, List<Row> rows) {
        return new Part(work, goal, List.copyOf(rows));
    }

    Part with(Row row) {
        List<Row> more = new ArrayList<>(rows);
        more.add(row);
        return of(work, goal, more);
    }

    /** Lines of the table: its own, and those of its rows. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("| **%s** | | | | %s | %s |".formatted(work, goal, verdict()));
        rows.forEach(row -> lines.add(row.line()));
        return lines;
    }

    /** Of all its rows: missed if one is; met only if all are that have a goal. */
    String verdict() {
        List<String> verdicts = rows.stream().map(Row::verdict).filter(verdict -> !verdict.equals("–")).toList();
        long missed = verdicts.stream().filter(verdict -> verdict.contains("missed")).count();
        long met = verdicts.stream().filter(verdict -> verdict.equals("met")).count();
        if (missed > 0) {
            return "**missed in " + missed + " of " + verdicts.size() + "**";
        }
        return met == 0 ? Row.NOT_MEASURED : met == verdicts.size() ? "**met**" : "met as far as measured";
    }
}
