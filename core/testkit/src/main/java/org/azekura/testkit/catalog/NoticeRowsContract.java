package org.azekura.testkit.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.TargetName;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Happening;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Notice;
import org.azekura.api.catalog.NoticeTarget;
import org.junit.jupiter.api.Test;

/** {@link CatalogRowsContract}, and what happened, and who is to be told. */
public interface NoticeRowsContract extends CatalogRowsContract {

    Alert AWAY = Alert.of("pool.node.away", Alert.Severity.ERROR, Alert.Subject.of("pool", "main"), Map.of("node", "n1", "odd", "a\\nb\n\tc\r\\", "none", ""), "it is away")
            .since(Rows.TIME);
    NoticeTarget OPS = new NoticeTarget(new TargetName("ops"), NoticeTarget.Kind.MAIL, true, "ja", new TreeMap<>(Map.of("host", "mail", "to", "a@b, c@d")),
            new TreeMap<>(Map.of("password", "sealed")), new TreeMap<>(Map.of("severity", List.of("error", "warning"), "code", List.of("!job.done"))), "22:00-07:00 UTC", Rows.TIME);

    private Notice notice(int attempts) {
        return new Notice(0, OPS.name(), Rows.TIME, "{\"a\":1}", attempts, Rows.TIME.plusSeconds(attempts), attempts == 0 ? "" : "refused");
    }

    private List<String> happened() throws Exception {
        return read(view -> view.happenings(10)).stream().map(one -> switch (one) {
            case Happening.OfJob job -> job.job() + " " + job.state() + " " + job.error();
            case Happening.OfAlert alert -> alert.alert().code() + " " + alert.came();
        }).toList();
    }

    private void takeAll() throws Exception {
        for (Happening one : read(view -> view.happenings(10))) {
            change(edit -> edit.takeHappening(one));
        }
    }

    @Test
    default void notesWhatBecomesOfJobs() throws Exception {
        change(edit -> edit.putJob(Rows.job(1, Job.State.QUEUED)), edit -> edit.putJob(Rows.job(1, Job.State.RUNNING)), edit -> edit.putJob(Rows.job(2, Job.State.DONE)));
        assertEquals(List.of(), happened(), "one that comes ended was told elsewhere");
        Job parked = Rows.job(1, Job.State.RUNNING).waiting(Job.State.PARKED, "no cartridge");
        Job again = parked.waiting(Job.State.RUNNING, null);
        change(edit -> edit.putJob(parked), edit -> edit.putJob(parked));
        assertEquals(List.of("1 PARKED no cartridge"), happened());
        takeAll();
        change(edit -> edit.putJob(again), edit -> edit.putJob(parked), edit -> edit.putJob(again), edit -> edit.putJob(parked.waiting(Job.State.PARKED, "no room")));
        assertEquals(List.of("1 PARKED no room"), happened(), "the same reason is told once");
        change(edit -> edit.putJob(Rows.job(1, Job.State.FAILED)));
        assertEquals(List.of("1 PARKED no room", "1 FAILED an error"), happened());
        assertEquals(Rows.TIME.plusSeconds(2), read(view -> view.happenings(10)).getLast().time());
        takeAll();
        assertEquals(List.of(), happened());
        change(edit -> edit.putJob(parked));
        assertEquals(List.of("1 PARKED no cartridge"), happened(), "it was begun again");
    }

    @Test
    default void notesNothingOfAChangeThatFailed() throws Exception {
        change(edit -> edit.putJob(Rows.job(1, Job.State.RUNNING)));
        assertThrows(BackupException.class, () -> store().write(edit -> {
            edit.putJob(Rows.job(1, Job.State.FAILED));
            throw BackupException.operator("test.refused", "", "refused");
        }));
        assertEquals(List.of(), happened());
    }

    @Test
    default void keepsAlertsAndNotesWhenTheyComeAndGo() throws Exception {
        Alert later = Alert.of(AWAY.code(), Alert.Severity.INFO, AWAY.subject(), Map.of(), "another text").since(Rows.TIME);
        change(edit -> edit.putAlert(AWAY));
        assertEquals(List.of(AWAY), read(CatalogView::alerts));
        change(edit -> edit.putAlert(later), edit -> edit.deleteAlert(AWAY.key()), edit -> edit.deleteAlert(AWAY.key()));
        assertEquals(List.of(), read(CatalogView::alerts));
        List<Happening> happened = read(view -> view.happenings(10));
        assertEquals(List.of("pool.node.away true", "pool.node.away false"), happened());
        assertEquals(AWAY, ((Happening.OfAlert) happened.getFirst()).alert());
        assertEquals(later, ((Happening.OfAlert) happened.getLast()).alert());
        assertEquals(1, read(view -> view.happenings(1)).size());
        takeAll();
        assertEquals(List.of(), happened());
    }

    @Test
    default void keepsTargetsAndWhatWaitsForThem() throws Exception {
        assertThrows(BackupException.class, () -> change(edit -> edit.addNotice(notice(0))), "its target is not there");
        change(edit -> edit.putNoticeTarget(OPS), edit -> edit.addNotice(notice(0)), edit -> edit.addNotice(notice(0)));
        assertEquals(List.of(OPS), reopen().read(CatalogView::noticeTargets));
        assertEquals(OPS, read(view -> view.noticeTarget(OPS.name())).orElseThrow());
        List<Notice> waiting = read(view -> view.notices(null, 10));
        assertEquals(2, waiting.size());
        Notice given = waiting.getLast().tried(3, null, "refused");
        change(edit -> edit.putNotice(given), edit -> edit.deleteNotice(waiting.getFirst().number()));
        assertEquals(List.of(given), read(view -> view.notices(OPS.name(), 10)));
        assertEquals(given, read(view -> view.notice(given.number())).orElseThrow());
        change(edit -> edit.deleteNotice(given.number()), edit -> edit.addNotice(notice(1)));
        Notice next = read(view -> view.notices(null, 10)).getFirst();
        assertEquals(notice(1).content(), next.content());
        assertEquals(true, next.number() > given.number(), "no number is given twice");
        change(edit -> edit.deleteNoticeTarget(OPS.name()), edit -> edit.deleteNoticeTarget(OPS.name()));
        assertEquals(List.of(), read(view -> view.notices(null, 10)));
    }
}
