package org.azekura.server.catalog;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Candidacy;
import org.azekura.api.catalog.Candidate;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class LeadTest {

    @TempDir Path home;
    private final HeldCatalog held = new HeldCatalog();
    private final Lead lead = new Lead(held, "backup2", () -> "https://backup2:8443", List::of);
    private CatalogDoor door;
    private SharedStore store;

    /** A real catalog for which the test says who leads. */
    private static final class SharedStore implements CatalogStore {

        private final CatalogStore catalog;
        private final List<Candidate> stood = new ArrayList<>();
        private boolean leads;

        SharedStore(CatalogStore catalog, boolean leads) {
            this.catalog = catalog;
            this.leads = leads;
        }

        @Override
        public <T> T read(Query<T> query) throws BackupException {
            return catalog.read(query);
        }

        @Override
        public <T> T write(Change<T> change) throws BackupException {
            return catalog.write(change);
        }

        @Override
        public Candidacy stand(Candidate candidate) {
            stood.add(candidate);
            if (leads) {
                candidate.leads();
            } else {
                candidate.lost();
            }
            return new Candidacy() {
                @Override
                public List<CatalogServer> servers() {
                    return List.of(new CatalogServer("backup1", "https://backup1:8443", List.of(), true, false, Instant.EPOCH, Duration.ZERO));
                }

                @Override
                public void close() {
                    stood.remove(candidate);
                }
            };
        }
    }

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        store = new SharedStore(door.catalog(), false);
        held.came(store);
    }

    @AfterEach
    void close() {
        door.close();
    }

    private static void put(CatalogStore catalog, String value) throws BackupException {
        catalog.write(edit -> {
            edit.putSetting("a", value);
            return null;
        });
    }

    private static String get(CatalogStore catalog) throws BackupException {
        return catalog.read(view -> view.setting("a")).orElse("");
    }

    @Test
    void whoStandsByReadsAndSaysWhoLeads() throws Exception {
        lead.stand();
        assertFalse(lead.await(true, Duration.ZERO));
        ServedCatalog served = new ServedCatalog(held, lead, false);
        assertEquals("", get(served));
        String why = assertRefused("server.standby", () -> put(served, "1")).getMessage();
        assertTrue(why.contains("backup2, stands by and passes calls on") && why.endsWith("backup1 at https://backup1:8443 leads"), why);
        assertFalse(served.leads());
        store.stood.getFirst().leads();
        assertTrue(lead.await(true, Duration.ZERO));
        assertRefused("server.standby", () -> put(served, "1"));
        put(new ServedCatalog(held, lead, true), "2");
        assertEquals("2", get(served));
    }

    @Test
    void aRunThatHasEndedChangesNothingAndItsLastChangesAreWaitedFor() throws Exception {
        ServedCatalog served = new ServedCatalog(held, lead, true);
        CountDownLatch within = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        FutureTask<Void> last = new FutureTask<>(() -> served.write(edit -> {
            within.countDown();
            awaitQuietly(goesOn);
            edit.putSetting("a", "last");
            return null;
        }));
        Thread.ofPlatform().daemon().start(last);
        within.await();
        served.close();
        assertRefused("server.standby", () -> put(served, "never"));
        assertFalse(served.awaitQuiet(Duration.ofMillis(10)));
        goesOn.countDown();
        assertTrue(served.awaitQuiet(Duration.ofSeconds(30)));
        last.get(120, TimeUnit.SECONDS);
        assertEquals("last", get(served));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoLeadsGoesOnWithAnotherStoreUnlessAnotherWasQuicker() throws Exception {
        store.leads = true;
        lead.stand();
        assertTrue(lead.await(true, Duration.ZERO));
        SharedStore next = new SharedStore(door.catalog(), true);
        held.came(next);
        held.went(store);
        put(held, "1");
        assertEquals(1, next.stood.size());
        assertTrue(lead.await(true, Duration.ZERO));
        SharedStore taken = new SharedStore(door.catalog(), false);
        held.came(taken);
        held.went(next);
        get(held);
        assertTrue(lead.await(false, Duration.ZERO), "another has taken over while there was no store");
        lead.resign();
        assertEquals(List.of(), taken.stood);
    }

    /** However quickly: nobody looks for it any more once it was lost. */
    @Test
    void whoLedForAMomentKnowsThatItHasToStandAgain() throws Exception {
        lead.lost();
        assertFalse(lead.isLost(), "it has not led yet");
        lead.leads();
        lead.lost();
        assertFalse(lead.await(true, Duration.ofSeconds(30)));
        lead.await(true);
        assertTrue(lead.isLost());
        lead.leads();
        assertFalse(lead.isLost());
    }

    @Test
    void whoTakesPartChangesSomethingByThatRunAlone() throws Exception {
        lead.stand();
        store.stood.getFirst().takesPart();
        assertTrue(lead.isWorking());
        lead.awaitTurn(false);
        assertFalse(lead.await(true, Duration.ZERO), "it does not lead");
        ServedCatalog stands = new ServedCatalog(held, lead, false);
        ServedCatalog works = ServedCatalog.ofWork(held, lead);
        put(works, "1");
        assertFalse(works.leads());
        assertRefused("server.standby", works::requireLead);
        assertRefused("server.standby", () -> put(stands, "2"));
        store.stood.getFirst().lost();
        lead.awaitTurn(true);
        assertTrue(lead.isLost());
        works.close();
        assertRefused("server.standby", () -> put(works, "3"));
        assertEquals("1", get(stands));
        lead.stand();
        assertFalse(lead.isLost());
        store.stood.getLast().takesPart();
        store.stood.getLast().leads();
        lead.awaitTurn(true);
        assertTrue(lead.isLeading());
    }

    @Test
    void whetherItWouldTakePartIsAskedEachTime() {
        boolean[] works = new boolean[1];
        Lead other = new Lead(held, "backup3", () -> "", List::of, () -> works[0]);
        assertFalse(other.wouldTakePart());
        works[0] = true;
        assertTrue(other.wouldTakePart());
        assertFalse(lead.wouldTakePart());
    }
}
