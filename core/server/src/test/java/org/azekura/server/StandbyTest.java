package org.azekura.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Candidacy;
import org.azekura.api.catalog.Candidate;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.catalog.HeldCatalog;
import org.azekura.server.catalog.Lead;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server that stands by tries again. The test says who leads. */
@Timeout(300)
class StandbyTest {

    private static final Duration SOON = Duration.ofMillis(20);

    @TempDir
    Path home;
    private final HeldCatalog held = new HeldCatalog();
    private final Lead lead = new Lead(held, "backup2", () -> "", List::of);
    private final Standby standby = new Standby(held, lead, Duration.ofMinutes(2), SOON, SOON);
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    /** Each is in vain so many times from now on. */
    private final AtomicInteger makes = new AtomicInteger();
    private final AtomicInteger begins = new AtomicInteger();
    private final AtomicInteger stands = new AtomicInteger();
    private final FutureTask<Void> task = new FutureTask<>(() -> {
        standby.run(catalog -> {
            if (makes.getAndDecrement() > 0) {
                throw BackupException.device("catalog.io", "", "the database is restarted", null);
            }
            return new Work();
        });
        return null;
    });
    private CatalogDoor door;

    private final class Work implements Standby.Work {

        @Override
        public void begin() {
            if (begins.getAndDecrement() > 0) {
                told.add("can't begin");
                throw new IllegalStateException("a port is not free yet");
            }
            told.add("begins");
        }

        @Override
        public void jobsAtOnce(int most) {
            told.add(most + " at once");
        }

        @Override
        public void close() {
            told.add("closes");
        }
    }

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        CatalogStore catalog = door.catalog();
        held.came(new CatalogStore() {
            @Override
            public <T> T read(Query<T> query) throws BackupException {
                return catalog.read(query);
            }

            @Override
            public <T> T write(Change<T> change) throws BackupException {
                return catalog.write(change);
            }

            @Override
            public Candidacy stand(Candidate candidate) throws BackupException {
                if (stands.getAndDecrement() > 0) {
                    throw BackupException.device("catalog.io", "", "the database is away", null);
                }
                told.add("stands");
                return new Candidacy() {
                    @Override
                    public List<CatalogServer> servers() {
                        return List.of();
                    }

                    @Override
                    public void close() {}
                };
            }
        });
        standby.jobsAtOnce(7);
        lead.stand();
        tells("stands");
        Thread.ofVirtual().start(task);
    }

    @AfterEach
    void close() throws Exception {
        lead.leads();
        task.get(2, TimeUnit.MINUTES);
        door.close();
    }

    private void tells(String... wanted) throws Exception {
        for (String each : wanted) {
            assertEquals(each, told.poll(2, TimeUnit.MINUTES));
        }
    }

    @Test
    void whatCannotBeMadeOrBegunIsTriedAgainInTheSamePart() throws Exception {
        makes.set(1);
        begins.set(1);
        lead.takesPart();
        tells("7 at once", "can't begin", "closes", "7 at once", "begins");
        standby.jobsAtOnce(9);
        tells("9 at once");
        lead.leads();
        task.get(2, TimeUnit.MINUTES);
        tells("closes");
        assertTrue(told.isEmpty(), told::toString);
    }

    @Test
    void whoseDatabaseIsAwayWhenItIsToStandAgainStandsWhenThatIsBack() throws Exception {
        lead.takesPart();
        tells("7 at once", "begins");
        stands.set(2);
        lead.lost();
        tells("closes", "stands");
        lead.takesPart();
        tells("7 at once", "begins");
        lead.leads();
        tells("closes");
    }
}
