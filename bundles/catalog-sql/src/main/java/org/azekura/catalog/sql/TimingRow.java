package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.Timing;

/** The columns of a timing; blackouts have a table of their own. */
final class TimingRow {

    private static final List<String> COLUMNS = List.of("schedule", "zone", "leave_out", "catch_up", "priority", "at_once", "spread_s", "retries", "retry_after_s", "enabled");

    private TimingRow() {}

    /** All columns of a table, those of a timing after the first and before the last ones. */
    static String[] between(List<String> first, String... last) {
        return Stream.of(first, COLUMNS, List.of(last)).flatMap(List::stream).toArray(String[]::new);
    }

    /** Their values. */
    static Object[] between(List<?> first, Timing t, Object... last) {
        List<Object> timing = List.of(t.schedule(), t.zone(), t.leaveOut(), t.catchUp(), t.priority(), t.atOnce(), t.spread().toSeconds(), t.retries(),
                t.retryAfter().toSeconds(), t.enabled());
        return Stream.of(first, timing, List.of(last)).flatMap(List::stream).toArray();
    }

    /** Without its blackouts. @param first the column of the schedule */
    static Timing read(Row row, int first) throws SQLException {
        return new Timing(row.text(first), row.text(first + 1), List.of(), row.flag(first + 2), row.flag(first + 3), row.count(first + 4), row.count(first + 5),
                Duration.ofSeconds(row.number(first + 6)), row.count(first + 7), Duration.ofSeconds(row.number(first + 8)), row.flag(first + 9));
    }

    static Timing with(Timing t, List<String> blackouts) {
        return new Timing(t.schedule(), t.zone(), blackouts, t.leaveOut(), t.catchUp(), t.priority(), t.atOnce(), t.spread(), t.retries(), t.retryAfter(), t.enabled());
    }
}
