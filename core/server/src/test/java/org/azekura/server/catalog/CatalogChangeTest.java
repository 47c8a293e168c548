package org.azekura.server.catalog;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.driver.DeviceUse;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class CatalogChangeTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir Path home;
    private final HeldCatalog catalog = new HeldCatalog(LONG, SHORT);
    private final CatalogChange change = new CatalogChange(catalog);
    private CatalogDoor door;

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        catalog.came(door.catalog());
        put("appliance.id", "a");
    }

    @AfterEach
    void close() {
        door.close();
    }

    private void put(String name, String value) throws BackupException {
        catalog.write(edit -> {
            edit.putSetting(name, value);
            return null;
        });
    }

    /** As an installer does it. */
    private CatalogDoor swap(Path to) {
        catalog.went(door.catalog());
        door.close();
        door = new CatalogDoor(to);
        catalog.came(door.catalog());
        return door;
    }

    @Test
    void callsWaitForTheNextStoreAndNothingIsLost() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            DeviceUse.Pause pause = change.pause("it is updated", LONG);
            CountDownLatch begun = new CountDownLatch(1);
            Future<Optional<String>> waiting = callers.submit(() -> {
                begun.countDown();
                return catalog.read(view -> view.setting("appliance.id"));
            });
            assertTrue(begun.await(120, TimeUnit.SECONDS));
            swap(home);
            pause.prove(LONG);
            assertFalse(waiting.isDone(), "somebody met a store that was not proven");
            pause.close();
            assertEquals(Optional.of("a"), waiting.get(120, TimeUnit.SECONDS));
        }
    }

    @Test
    void aStoreWithAnotherCatalogIsNotProvenAndTheOneBeforeGoesOn() throws Exception {
        DeviceUse.Pause pause = change.pause("it is updated", LONG);
        swap(Files.createDirectories(home.resolve("other/catalog")).getParent());
        BackupException e = assertRefused("catalog.unproven", () -> pause.prove(LONG));
        assertTrue(e.getMessage().contains("appliance: expected a, found none"), e.getMessage());
        swap(home);
        pause.prove(LONG);
        pause.close();
        assertEquals(Optional.of("a"), catalog.read(view -> view.setting("appliance.id")));
    }

    @Test
    void aStoreThatDoesNotComeOrHangsIsNotProven() throws Exception {
        DeviceUse.Pause pause = change.pause("it is updated", LONG);
        catalog.went(door.catalog());
        assertRefused("catalog.unproven", () -> pause.prove(SHORT));
        CountDownLatch never = new CountDownLatch(1);
        CatalogStore hanging = new Hanging(never);
        catalog.came(hanging);
        assertRefused("catalog.unproven", () -> pause.prove(SHORT));
        never.countDown();
        pause.close();
    }

    @Test
    void aChangeOfAStoreThatDoesNotKeepTheCatalogChangesNothing() throws Exception {
        DeviceUse.Pause pause = change.pause("the other one is updated", LONG);
        pause.prove(SHORT);
        pause.close();
        assertEquals(Optional.of("a"), catalog.read(view -> view.setting("appliance.id")));
    }

    private record Hanging(CountDownLatch latch) implements CatalogStore {

        @Override
        public <T> T read(Query<T> query) throws BackupException {
            try {
                latch.await();
                throw new IllegalStateException("nobody asks any more");
            } catch (InterruptedException e) {
                throw BackupException.device("catalog.interrupted", "", "interrupted", e);
            }
        }

        @Override
        public <T> T write(Change<T> done) throws BackupException {
            throw new IllegalStateException("nothing is written in a rehearsal");
        }
    }

    @Test
    void aJobThatHasNotEndedKeepsTheStoreWhereItIs() throws Exception {
        Job job = catalog.write(edit -> {
            edit.putPool(Rows.pool("main"));
            Job queued = new Job(edit.nextJob(), Job.Kind.VERIFY, Job.State.PARKED, null, null, Instant.EPOCH, null, 0, 0, null, null, 0, new byte[0], null);
            edit.putJob(queued);
            return queued;
        });
        BackupException e = assertRefused("catalog.locked", () -> change.pause("it is updated", LONG));
        assertTrue(e.getMessage().contains("there is verify " + job.id() + " (parked)") && e.getMessage().contains("azekura job cancel"), e.getMessage());
        assertEquals(Optional.of("a"), catalog.read(view -> view.setting("appliance.id")), "calls go on");
        put("b", "c");
    }

    @Test
    void callsThatHaveBegunAreWaitedForAndNotForEver() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Void> call = callers.submit(() -> catalog.read(view -> {
                begun.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return null;
            }));
            assertTrue(begun.await(120, TimeUnit.SECONDS));
            assertRefused("catalog.busy", () -> change.pause("it is updated", SHORT));
            put("b", "c");
            end.countDown();
            call.get(120, TimeUnit.SECONDS);
            change.pause("it is updated", LONG).close();
        }
    }

    @Test
    void oneChangeAtATimeAndWhoWaitsTooLongIsToldWhy() throws Exception {
        HeldCatalog impatient = new HeldCatalog(SHORT, SHORT);
        assertRefused("catalog.missing", () -> impatient.read(view -> null));
        impatient.came(door.catalog());
        try (DeviceUse.Pause _ = new CatalogChange(impatient).pause("driver x is updated", LONG)) {
            assertRefused("catalog.busy", () -> new CatalogChange(impatient).pause("again", LONG));
            BackupException e = assertRefused("catalog.held", () -> impatient.read(view -> null));
            assertTrue(e.getMessage().contains("driver x is updated"), e.getMessage());
        }
        assertEquals(Optional.of("a"), impatient.read(view -> view.setting("appliance.id")));
    }
}
