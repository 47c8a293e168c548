package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.TargetName;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Happening;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Notice;
import org.azekura.api.catalog.NoticeTarget;

/** What happened, who is told of it, and what waits to be told. Happenings are noted by triggers, whoever writes jobs and alerts. */
final class NoticeRows {

    static final Table ALERTS = new Table("alert", 3, 0, "code", "subject_kind", "subject", "severity", "vals", "since", "text");
    static final Table TARGETS = new Table("notice_target", 1, 0, "name", "kind", "enabled", "language", "settings", "secrets", "matches", "quiet", "made");
    static final String NOTICES = "SELECT number, target, made, content, attempts, due, problem FROM notice ";
    static final String WAITING_FIRST = "ORDER BY due IS NULL, number LIMIT ?";
    static final String HAPPENINGS = "SELECT code, subject_kind, subject, severity, vals, since, text, number, time, job, state, error, came FROM happening"
            + " WHERE taken = 0 ORDER BY number LIMIT ?";

    private NoticeRows() {}

    static Alert alert(Row row) throws SQLException {
        return new Alert(row.text(1), row.word(4, Alert.Severity.class), new Alert.Subject(row.text(2), row.text(3)), values(row.text(5)), row.instant(6), row.text(7));
    }

    static void put(Sql sql, Alert a) throws BackupException {
        sql.update(ALERTS.put(), a.code(), a.subject().kind(), a.subject().name(), a.severity().name(), text(a.values()), a.since(), a.text());
    }

    static Happening happening(Row row) throws SQLException {
        return row.absent(10) ? new Happening.OfAlert(row.number(8), row.instant(9), alert(row), row.flag(13))
                : new Happening.OfJob(row.number(8), row.instant(9), new JobId(row.number(10)), row.word(11, Job.State.class), row.text(12));
    }

    /** Of a job that is parked it stays until the job's end is taken: so its being parked is known as told. */
    static void take(Sql sql, Happening happening) throws BackupException {
        switch (happening) {
            case Happening.OfJob job when job.state() == Job.State.PARKED -> sql.update("UPDATE happening SET taken = 1 WHERE number = ?", job.number());
            case Happening.OfJob job -> sql.update("DELETE FROM happening WHERE job = ? AND number <= ?", job.job().value(), job.number());
            case Happening.OfAlert alert -> sql.update("DELETE FROM happening WHERE number = ?", alert.number());
        }
    }

    static NoticeTarget target(Row row) throws SQLException {
        SortedMap<String, List<String>> match = new TreeMap<>();
        values(row.text(7)).forEach((field, patterns) -> match.put(field, List.of(patterns.split("\n"))));
        return new NoticeTarget(row.text(1, TargetName::new), row.word(2, NoticeTarget.Kind.class), row.flag(3), row.text(4), values(row.text(5)), values(row.text(6)), match,
                row.text(8), row.instant(9));
    }

    static void put(Sql sql, NoticeTarget t) throws BackupException {
        SortedMap<String, String> match = new TreeMap<>();
        t.match().forEach((field, patterns) -> match.put(field, String.join("\n", patterns)));
        sql.update(TARGETS.put(), t.name(), t.kind().name(), t.enabled(), t.language(), text(t.settings()), text(t.secrets()), text(match), t.quiet(), t.made());
    }

    static Notice notice(Row row) throws SQLException {
        return new Notice(row.number(1), row.text(2, TargetName::new), row.instant(3), row.text(4), row.count(5), row.instant(6), row.text(7));
    }

    static void add(Sql sql, Notice n) throws BackupException {
        sql.update("INSERT INTO notice (target, made, content, attempts, due, problem) VALUES (?, ?, ?, ?, ?, ?)", n.target(), n.made(), n.content(), n.attempts(), n.due(),
                n.problem());
    }

    static void put(Sql sql, Notice n) throws BackupException {
        sql.update("UPDATE notice SET attempts = ?, due = ?, problem = ? WHERE number = ?", n.attempts(), n.due(), n.problem(), n.number());
    }

    /** A line for each: name, a tab, value; with line feeds and backslashes of the value behind a backslash. */
    private static String text(Map<String, String> values) {
        List<String> lines = new ArrayList<>();
        values.forEach((name, value) -> lines.add(name + "\t" + value.replace("\\", "\\\\").replace("\n", "\\n")));
        return String.join("\n", lines);
    }

    private static SortedMap<String, String> values(String text) {
        SortedMap<String, String> values = new TreeMap<>();
        for (String line : text.isEmpty() ? new String[0] : text.split("\n")) {
            int tab = line.indexOf('\t');
            values.put(line.substring(0, tab), unescaped(line.substring(tab + 1)));
        }
        return values;
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            plain.append(c != '\\' ? c : value.charAt(++i) == 'n' ? '\n' : value.charAt(i));
        }
        return plain.toString();
    }
}
