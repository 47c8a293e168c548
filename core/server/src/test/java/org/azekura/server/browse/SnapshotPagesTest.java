package org.azekura.server.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.azekura.api.ClientName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.Snapshots.Page;
import org.azekura.api.server.Snapshots.Place;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.catalog.Records;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real catalog. */
class SnapshotPagesTest {

    private static final int ALL = 300;

    @TempDir
    private Path home;

    private static Snapshot corrected(Snapshot snapshot) {
        boolean late = snapshot.received().isAfter(Rows.TIME.plusSeconds(10)) && snapshot.received().isBefore(Rows.TIME.plusSeconds(20));
        return late ? snapshot.received(snapshot.received().plus(Duration.ofSeconds(5))) : snapshot;
    }

    @Test
    void readsInPagesWhatAllThatAreWantedAre() throws Exception {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        try (CatalogDoor door = new CatalogDoor(home)) {
            door.change(edit -> {
                edit.putPool(Rows.pool("main"));
                edit.putPool(Rows.pool("vault"));
                for (int i = 0; i < ALL; i++) {
                    Instant received = Rows.TIME.plusMillis(random.nextInt(60) * 500L);
                    edit.putSnapshot(Records.with(Rows.snapshot(random.nextLong(), random.nextInt(10) == 0 ? "vault" : "main", random.nextBoolean() ? "web" : "db", "etc"), "received", received));
                }
            });
            for (ClientName client : new ClientName[] {null, new ClientName("web")}) {
                for (Instant until : new Instant[] {null, Rows.TIME.plusSeconds(14), Rows.TIME.plusSeconds(15).plusMillis(500), Rows.TIME.plusSeconds(99), Rows.TIME}) {
                    for (int limit : new int[] {1, 7, 150, ALL, 10_000}) {
                        assertPages(door.catalog(), client, until, limit, one -> true, "seed " + seed);
                        assertPages(door.catalog(), client, until, limit, one -> one.pool().value().equals("vault"), "seed " + seed);
                        assertPages(door.catalog(), client, until, limit, one -> one.received().isAfter(Rows.TIME.plusSeconds(16)), "seed " + seed);
                    }
                }
            }
        }
    }

    private static void assertPages(CatalogStore catalog, ClientName client, Instant until, int limit, Predicate<Snapshot> wanted, String seed) throws Exception {
        UnaryOperator<Snapshot> correct = SnapshotPagesTest::corrected;
        List<Snapshot> all = catalog.read(view -> view.snapshots(client)).stream().sorted(Comparator.comparing((Snapshot one) -> one.received()).thenComparing(Snapshot::id)).map(correct)
                .filter(wanted.and(one -> until == null || one.received().isBefore(until))).toList();
        List<Snapshot> found = new ArrayList<>();
        Place after = null;
        do {
            Page page = new SnapshotPages(catalog, client, correct).page(after, limit, until, wanted);
            assertTrue(page.rows().size() == limit || page.next() == null, seed);
            assertTrue(!page.rows().isEmpty() || found.isEmpty(), seed);
            found.addAll(page.rows());
            after = page.next();
        } while (after != null);
        assertEquals(all.stream().map(Snapshot::id).toList(), found.stream().map(Snapshot::id).toList(), seed);
        assertEquals(all.stream().map(one -> one.received()).toList(), found.stream().map(one -> one.received()).toList(), seed);
    }
}
