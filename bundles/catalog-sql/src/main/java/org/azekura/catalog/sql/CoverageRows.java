package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Coverage;

/** How much was read back. */
final class CoverageRows {

    private static final Table DAYS = new Table("coverage", 2, 0, "pool", "day", "packs", "bytes", "month", "year", "never", "unread");
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration YEAR = Duration.ofDays(365);

    private CoverageRows() {}

    static List<Coverage> list(Sql sql, PoolName pool, int limit) throws BackupException {
        return sql.list(DAYS.select("WHERE pool = ? ORDER BY day DESC LIMIT ?"), CoverageRows::day, pool, limit).reversed();
    }

    private static Coverage day(Row row) throws SQLException {
        return new Coverage(row.text(1, PoolName::new), row.text(2, LocalDate::parse), row.number(3), row.number(4), row.number(5), row.number(6), row.number(7),
                row.instant(8));
    }

    static Coverage now(Sql sql, PoolName pool, Instant now) throws BackupException {
        return sql.one("SELECT count(*), coalesce(sum(size), 0), count(CASE WHEN verified_at > ? THEN 1 END), count(CASE WHEN verified_at > ? THEN 1 END),"
                + " count(CASE WHEN verified_at IS NULL THEN 1 END), min(coalesce(verified_at, written_at)) FROM pack WHERE pool = ?",
                row -> new Coverage(pool, LocalDate.ofInstant(now, ZoneOffset.UTC), row.number(1), row.number(2), row.number(3), row.number(4), row.number(5),
                        row.instant(6)), now.minus(MONTH), now.minus(YEAR), pool).orElseThrow();
    }

    static void put(Sql sql, Coverage c) throws BackupException {
        sql.update(DAYS.put(), c.pool(), c.day(), c.packs(), c.bytes(), c.month(), c.year(), c.never(), c.unread());
    }
}
