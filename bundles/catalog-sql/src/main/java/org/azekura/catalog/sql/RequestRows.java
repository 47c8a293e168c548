package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Request;

/** Dangerous acts that wait. */
final class RequestRows {

    static final Table REQUESTS = new Table("request", 1, 2, "number", "state", "operation", "object", "hash", "asked_by", "origin", "asked", "persons", "delay_s",
            "confirmed_by", "due", "ended", "why", "wanted", "answer");

    private RequestRows() {}

    static Request request(Row row) throws SQLException {
        return new Request(row.number(1), row.word(2, Request.State.class), row.text(3), row.text(4), row.text(5), row.text(6), row.text(7), row.instant(8), row.count(9),
                Duration.ofSeconds(row.number(10)), row.text(11), row.instant(12), row.instant(13), row.text(14), row.text(15), row.text(16));
    }

    static void put(Sql sql, Request r) throws BackupException {
        sql.update(REQUESTS.put(), r.number(), r.state().name(), r.operation(), r.object(), r.hash(), r.by(), r.from(), r.asked(), r.persons(), r.delay().toSeconds(),
                r.confirmedBy(), r.due(), r.ended(), r.why(), r.order(), r.answer());
    }
}
