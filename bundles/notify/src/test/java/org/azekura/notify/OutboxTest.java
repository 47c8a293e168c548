package org.azekura.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Notice;
import org.azekura.api.server.Notifications.Wanted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final BackupException DOWN = BackupException.network("notify.mail", "mail", "nobody answers", null);

    @TempDir
    private Path home;
    private Desk desk;

    @BeforeEach
    void open() throws Exception {
        desk = new Desk(home);
        desk.target("ops", null, null);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void tellsOfAFailedJobOnce() throws Exception {
        desk.fails(7);
        desk.courier.round();
        assertEquals(0, desk.sent.size(), "others may follow");
        desk.after(Outbox.GATHERED);
        assertEquals(1, desk.sent.size());
        assertEquals("[vault1] Backup 7 of client web-1 failed", desk.sent.getFirst().letter().subject());
        assertTrue(desk.sent.getFirst().letter().plain().contains("https://vault1:8443/jobs/7"));
        for (int i = 0; i < 5; i++) {
            desk.after(MINUTE);
        }
        assertEquals(1, desk.sent.size());
        assertEquals(List.of(), desk.waiting());
    }

    @Test
    void foldsAStormIntoOneMessage() throws Exception {
        desk.fails(LongStream.rangeClosed(1, 200).toArray());
        desk.after(Outbox.GATHERED.multipliedBy(2));
        desk.courier.round();
        assertEquals(0, desk.waiting().stream().filter(notice -> notice.attempts() > 0).count());
        desk.after(Outbox.GATHERED);
        assertEquals(1, desk.sent.size());
        assertEquals("[vault1] 200 messages, 200 of them errors", desk.sent.getFirst().letter().subject());
        assertEquals(200, desk.sent.getFirst().events().size());
        assertTrue(desk.sent.getFirst().letter().plain().contains("* Backup 200 of client web-1 failed"));
        desk.fails(LongStream.rangeClosed(201, 400).toArray());
        desk.after(Duration.ofSeconds(20));
        assertEquals(1, desk.sent.size(), "one a minute");
        desk.after(MINUTE);
        assertEquals(2, desk.sent.size());
        assertEquals(List.of(), desk.waiting());
    }

    @Test
    void keepsWhatAReceiverThatIsDownDidNotTake() throws Exception {
        desk.refusal = DOWN;
        desk.fails(1);
        desk.courier.round();
        Instant begun = desk.now;
        int tries = 0;
        while (desk.waiting().getFirst().attempts() < 8) {
            desk.after(Duration.ofSeconds(10));
            tries++;
        }
        Duration taken = Duration.between(begun, desk.now);
        assertTrue(taken.toMinutes() >= 1 + 2 + 4 + 8 + 16 + 32 + 60 && taken.toMinutes() <= 127, taken + " in " + tries);
        assertEquals("nobody answers", desk.waiting().getFirst().problem());
        // the appliance is begun anew, and the receiver is there
        desk.close();
        Desk next = new Desk(home);
        next.now = desk.now;
        desk = next;
        desk.fails(2);
        desk.after(MINUTE);
        assertEquals(0, desk.sent.size(), "what is new waits with the rest");
        desk.after(Duration.ofHours(1));
        assertEquals(List.of("[vault1] 2 messages, 2 of them errors"), desk.sent.stream().map(parcel -> parcel.letter().subject()).toList());
    }

    @Test
    void givesUpLoudlyAfterAWeekAndNotBefore() throws Exception {
        desk.refusal = DOWN;
        desk.fails(1);
        desk.courier.round();
        Instant begun = desk.now;
        while (desk.waiting().getFirst().due() != null) {
            desk.after(Duration.ofMinutes(10));
            if (Duration.between(begun, desk.now).toDays() < 7) {
                assertTrue(desk.waiting().getFirst().due() != null);
            }
        }
        assertTrue(Duration.between(begun, desk.now).compareTo(Duration.ofDays(7).plusHours(3)) < 0);
        List<Alert> alerts = new Unreached(desk.door().catalog()).alerts();
        assertEquals(List.of("notify.givenup"), alerts.stream().map(Alert::code).toList());
        assertTrue(alerts.getFirst().text().startsWith("1 messages for ops were given up: nobody answers"));
        desk.refusal = null;
        desk.after(Duration.ofDays(1));
        assertEquals(0, desk.sent.size());
        desk.targets.retry(desk.waiting().getFirst().number());
        desk.courier.round();
        assertEquals(1, desk.sent.size());
        assertEquals(List.of(), new Unreached(desk.door().catalog()).alerts());
    }

    @Test
    void triesNotAgainWhatWillNotGoBetter() throws Exception {
        desk.refusal = BackupException.operator("notify.webhook", "x", "x refuses it: HTTP 403");
        desk.fails(1);
        desk.courier.round();
        desk.after(Outbox.GATHERED);
        assertNull(desk.waiting().getFirst().due());
        desk.targets.drop(desk.waiting().getFirst().number());
        assertEquals(List.of(), desk.waiting());
    }

    @Test
    void whatWasTakenAndNotSentIsSentAfterAKill() throws Exception {
        desk.fails(1);
        desk.outbox.fill();
        assertEquals(List.of(), desk.door().catalog().read(view -> view.happenings(10)));
        desk.close();
        desk = new Desk(home);
        desk.after(MINUTE);
        desk.after(MINUTE);
        assertEquals(1, desk.sent.size());
    }

    @Test
    void nothingIsTakenIfItCouldNotBeKept() throws Exception {
        desk.becomes(1, Job.State.FAILED, "broken");
        desk.close();
        desk = new Desk(home);
        assertEquals(1, desk.door().catalog().read(view -> view.happenings(10)).size());
        desk.courier.round();
        assertEquals(1, desk.waiting().size());
        assertEquals(0, desk.door().catalog().read(view -> view.happenings(10)).size());
    }

    @Test
    void tellsEachWhatItWants() throws Exception {
        desk.target("web", null, Map.of("client", List.of("web*"), "severity", List.of("*")));
        desk.target("none", null, Map.of("kind", List.of("!backup")));
        desk.target("alerts", null, Map.of("code", List.of("pool.*", "!pool.key.*")));
        desk.becomes(1, Job.State.DONE, null);
        desk.fails(2);
        alert("pool.key.notexported");
        alert("pool.node.away");
        desk.courier.round();
        desk.after(Outbox.GATHERED);
        assertEquals(List.of("alerts", "none", "ops", "web"), desk.to);
        assertEquals(List.of(1, 2, 3, 2), desk.sent.stream().map(parcel -> parcel.events().size()).toList());
    }

    private void alert(String code) throws BackupException {
        desk.door().catalog().write(edit -> {
            edit.putAlert(Alert.of(code, Alert.Severity.WARNING, Alert.Subject.of("pool", "main"), Map.of("pool", "main"), "a text").since(desk.now));
            return null;
        });
    }

    @Test
    void tellsOfAJobAndNotOfItsAlertToo() throws Exception {
        desk.becomes(1, Job.State.PARKED, "cartridge A00001L6 is wanted in library lib1");
        alert("job.parked");
        desk.courier.round();
        desk.after(Outbox.GATHERED);
        assertEquals(1, desk.sent.getFirst().events().size());
        assertTrue(desk.sent.getFirst().letter().plain().contains("cartridge A00001L6 is wanted in library lib1"));
    }

    @Test
    void letsErrorsThroughWhenItIsQuiet() throws Exception {
        desk.targets.change(Desk.OPS, new Wanted(null, null, null, null, null, "02:00-04:30 UTC"));
        desk.fails(1);
        desk.becomes(2, Job.State.WARNED, "a warning");
        desk.courier.round();
        desk.after(Outbox.GATHERED);
        assertEquals(1, desk.sent.size());
        desk.after(Duration.ofMinutes(85));
        assertEquals(1, desk.sent.size());
        desk.after(Duration.ofMinutes(2));
        assertEquals(2, desk.sent.size());
        assertEquals("[vault1] Backup 2 of client web-1 ended with warnings", desk.sent.getLast().letter().subject());
    }

    @Test
    void sendsNothingToOneThatIsDisabledAndKeepsWhatWaits() throws Exception {
        desk.fails(1);
        desk.courier.round();
        desk.targets.change(Desk.OPS, new Wanted(false, null, null, null, null, null));
        desk.fails(2);
        desk.after(MINUTE);
        assertEquals(0, desk.sent.size());
        assertEquals(1, desk.waiting().size());
        desk.targets.change(Desk.OPS, new Wanted(true, null, null, null, null, null));
        desk.courier.round();
        assertEquals(1, desk.sent.size());
    }

    @Test
    void theSameMessageHasTheSameNumber() throws Exception {
        desk.fails(1);
        desk.courier.round();
        Notice notice = desk.waiting().getFirst();
        desk.after(Outbox.GATHERED);
        String first = desk.sent.getFirst().id();
        desk.door().catalog().write(edit -> {
            edit.addNotice(notice);
            return null;
        });
        desk.after(MINUTE);
        assertFalse(first.equals(desk.sent.getLast().id()), "another notice");
        assertTrue(first.matches("[0-9a-f-]{36}"));
    }

    @Test
    void leavesAReceiverAloneForAsLongAsItAsksButNoLongerThanAnHour() throws Exception {
        desk.fails(1);
        desk.courier.round();
        for (int seconds : new int[] {30, 900, 999_999_999}) {
            desk.refusal = BackupException.network("notify.webhook", "x", "x can't take it now: HTTP 429", new Way.Later(Duration.ofSeconds(seconds)));
            desk.after(Duration.ofDays(1));
            Notice notice = desk.waiting().getFirst();
            Duration own = Outbox.pause(notice.attempts());
            assertEquals(Math.max(own.toSeconds(), Math.min(3600, seconds)), Duration.between(desk.now, notice.due()).toSeconds(), () -> "" + seconds);
        }
    }

    @Test
    void forgetsWhatWasGivenUpThreeMonthsAgo() throws Exception {
        desk.refusal = BackupException.operator("notify.webhook", "x", "x refuses it: HTTP 403");
        desk.fails(1);
        desk.after(Duration.ZERO);
        desk.after(Outbox.GATHERED);
        desk.after(Outbox.FORGOTTEN.minusDays(1));
        assertEquals(1, desk.waiting().size());
        desk.fails(2);
        desk.courier.round();
        desk.after(Duration.ofDays(2));
        assertEquals(List.of(true), desk.waiting().stream().map(notice -> notice.content().contains("backup 2")).toList());
    }

    @Test
    void whatWasGivenUpKeepsNothingFromBeingTold() throws Exception {
        desk.refusal = BackupException.operator("notify.webhook", "x", "x refuses it: HTTP 403");
        desk.fails(LongStream.rangeClosed(1, 1001).toArray());
        for (int i = 0; i < 3; i++) {
            desk.after(MINUTE);
        }
        desk.refusal = null;
        desk.fails(2000);
        desk.after(MINUTE);
        desk.after(MINUTE);
        assertEquals(1, desk.sent.size());
        assertTrue(desk.sent.getFirst().letter().plain().contains("Backup 2000"));
        assertEquals(Outbox.MOST_GIVEN, desk.waiting().size());
    }
}
