package org.azekura.server.job.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.message.ClientOrder;
import org.junit.jupiter.api.Test;

class LimitDeskTest {

    private static final ClientName WEB = new ClientName("web");
    private static final long MIB = 1 << 20;

    /** Two hours ahead of UTC. */
    private final ZoneId zone = ZoneOffset.ofHours(2);
    private Instant now = Instant.parse("2026-03-01T05:59:00Z");
    private List<Bandwidth> limits = List.of();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final LimitDesk desk = new LimitDesk(catalog(), new Clock() {
        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @SuppressWarnings("unchecked")
    private CatalogStore catalog() {
        CatalogView view = (CatalogView) Proxy.newProxyInstance(CatalogView.class.getClassLoader(), new Class<?>[] {CatalogView.class},
                (self, method, args) -> new ClientTerms((ClientName) args[0], null, null, limits));
        return (CatalogStore) Proxy.newProxyInstance(CatalogStore.class.getClassLoader(), new Class<?>[] {CatalogStore.class},
                (self, method, args) -> ((CatalogStore.Query<Object>) args[0]).run(view));
    }

    private void begin(long job, long ofJob) throws BackupException {
        desk.begin(new JobId(job), WEB, ofJob, this::note);
    }

    private void note(ClientOrder.Limit limit) {
        told.add(limit.job() + ": " + limit.ofJob() / MIB + " " + limit.ofClient() / MIB);
    }

    private static Bandwidth byDay(int mib) {
        return new Bandwidth(mib * MIB, LocalTime.of(8, 0), LocalTime.of(18, 0));
    }

    @Test
    void whoHasNoLimitIsToldNothing() throws Exception {
        begin(1, 0);
        desk.tellAll();
        assertEquals(List.of(), told);
    }

    @Test
    void theLowestThatCountsHoldsAndChangesWithTheHour() throws Exception {
        limits = List.of(new Bandwidth(20 * MIB), byDay(5), new Bandwidth(7 * MIB, LocalTime.of(17, 0), LocalTime.of(9, 0)));
        begin(1, 3 * MIB);
        assertEquals(List.of("1: 3 7"), told);
        assertEquals(Duration.ofMinutes(1), desk.tellAll());
        now = now.plusSeconds(60);
        desk.tellAll();
        desk.tellAll();
        assertEquals(List.of("1: 3 7", "1: 3 5"), told, "it is 08:00 here, and told once");
        now = Instant.parse("2026-03-01T16:30:00Z");
        desk.tellAll();
        now = Instant.parse("2026-03-01T10:00:00Z");
        limits = List.of(byDay(5));
        desk.tellAll();
        now = Instant.parse("2026-03-01T16:00:00Z");
        desk.tellAll();
        assertEquals(List.of("1: 3 7", "1: 3 5", "1: 3 7", "1: 3 5", "1: 3 0"), told, "at 18:30 the night's, at 18:00 none of the day's");
    }

    @Test
    void aChangeReachesAllJobsOfTheClientUntilTheirEnd() throws Exception {
        begin(1, 0);
        begin(2, MIB);
        limits = List.of(new Bandwidth(4 * MIB));
        desk.tellAll();
        desk.end(new JobId(1));
        limits = List.of();
        desk.tellAll();
        told.sort(null);
        assertEquals(List.of("1: 0 4", "2: 1 0", "2: 1 0", "2: 1 4"), told);
    }

    @Test
    void theNextJobTakesBackWhatAnEarlierOneWasTold() throws Exception {
        limits = List.of(new Bandwidth(4 * MIB));
        begin(1, 0);
        desk.end(new JobId(1));
        limits = List.of();
        begin(2, 0);
        assertEquals(List.of("1: 0 4", "2: 0 0"), told);
    }

    @Test
    void whoCantBeToldDoesNotBeginAndIsToldAgainLater() throws Exception {
        limits = List.of(new Bandwidth(4 * MIB));
        BackupException gone = BackupException.network("transport.closed", "", "gone", null);
        assertThrows(BackupException.class, () -> desk.begin(new JobId(1), WEB, 0, limit -> {
            throw gone;
        }));
        desk.tellAll();
        boolean[] away = {false};
        desk.begin(new JobId(2), WEB, 0, limit -> {
            if (away[0]) {
                throw gone;
            }
            note(limit);
        });
        away[0] = true;
        limits = List.of(new Bandwidth(5 * MIB));
        desk.tellAll();
        away[0] = false;
        desk.tellAll();
        assertEquals(List.of("2: 0 4", "2: 0 5"), told);
    }
}
