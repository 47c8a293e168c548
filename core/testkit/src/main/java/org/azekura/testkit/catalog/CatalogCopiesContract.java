package org.azekura.testkit.catalog;

import static org.azekura.testkit.catalog.Records.assertRow;
import static org.azekura.testkit.catalog.Records.assertRows;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.PoolFigures;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;

/** How every {@link CatalogStore} keeps replicas and copies. */
public interface CatalogCopiesContract extends CatalogRowsContract {

    PoolName COPIES = new PoolName("main.in.offsite");
    Snapshot FIRST = Rows.snapshot(1, "main", "web", "etc");
    Snapshot SECOND = Rows.snapshot(2, "main", "web", "etc");

    /** Main has two snapshots, the first of them a copy in offsite; the volume of copies is number 4. */
    default void copied() throws Exception {
        twoPools();
        change(edit -> edit.putPool(Records.with(Rows.pool("main.in.offsite"), "keyRing", new byte[] {1})),
                edit -> edit.putReplica(new Replica(COPIES, MAIN, OFFSITE)), edit -> edit.putVolume(Rows.volume(4, "main.in.offsite", "d")),
                edit -> edit.putSnapshot(FIRST), edit -> edit.putSnapshot(SECOND), edit -> edit.putCopy(copy(FIRST.id(), false)));
    }

    private static SnapshotCopy copy(SnapshotId snapshot, boolean damaged) {
        return new SnapshotCopy(snapshot, COPIES, new JobId(3), Rows.TIME, damaged);
    }

    @Test
    default void aReplicaIsNoPoolInListsAndHasTheKeysOfWhatItIsOf() throws Exception {
        copied();
        assertRows(List.of(Rows.pool("main"), Rows.pool("offsite")), read(CatalogView::pools));
        assertArrayEquals(Rows.pool("main").keyRing(), read(view -> view.pool(COPIES)).orElseThrow().keyRing());
        assertEquals(List.of(new Replica(COPIES, MAIN, OFFSITE)), read(CatalogView::replicas));
        assertEquals(Optional.of(new Replica(COPIES, MAIN, OFFSITE)), read(view -> view.replica(COPIES)));
        assertEquals(Optional.empty(), read(view -> view.replica(MAIN)));
    }

    @Test
    default void theSnapshotsOfAReplicaAreThoseWithACopyThere() throws Exception {
        copied();
        assertRows(Rows.listed(FIRST), read(view -> view.snapshotsIn(COPIES)));
        assertRows(Rows.listed(FIRST, SECOND), read(view -> view.snapshotsIn(MAIN)));
        assertEquals(new PoolFigures(0, 1, 0), read(view -> view.figures(COPIES)));
        assertEquals(List.of(copy(FIRST.id(), false)), read(view -> view.copies(FIRST.id())));
        change(edit -> edit.putCopy(copy(FIRST.id(), true)));
        assertEquals(List.of(copy(FIRST.id(), true)), read(view -> view.copiesIn(COPIES)));
    }

    @Test
    default void aCopyStaysWhenItsSnapshotGoesUntilItIsTakenAway() throws Exception {
        copied();
        change(edit -> edit.deleteSnapshot(FIRST.id(), Rows.TIME));
        assertEquals(List.of(copy(FIRST.id(), false)), read(view -> view.copiesIn(COPIES)));
        assertEquals(List.of(), read(view -> view.snapshotsIn(COPIES)));
        assertEquals(FIRST.id(), read(view -> view.deletions(COPIES)).getFirst().snapshot());
        change(edit -> edit.deleteCopy(FIRST.id(), COPIES));
        assertEquals(List.of(), read(view -> view.copiesIn(COPIES)));
    }

    @Test
    default void aPackIsFoundInThePoolThatIsAskedFor() throws Exception {
        copied();
        change(edit -> edit.putPack(Rows.pack(1, "main", 1)), edit -> edit.putPack(Rows.pack(1, "main.in.offsite", 4)));
        PackId id = Rows.pack(1, "main", 1).id();
        assertRow(Rows.pack(1, "main", 1), read(view -> view.pack(id, MAIN)));
        assertRow(Rows.pack(1, "main.in.offsite", 4), read(view -> view.pack(id, COPIES)));
        assertEquals(Optional.empty(), read(view -> view.pack(id, OFFSITE)));
        assertRows(List.of(Rows.pack(1, "main", 1)), read(view -> view.packs(MAIN)));
    }

    @Test
    default void aSetIsNoPoolInListsAndHasTheKeysAndRulesOfItsPool() throws Exception {
        copied();
        MediaSet second = MediaSet.of(MAIN, 2);
        MediaRules rules = new MediaRules(MAIN, true, false, Duration.ofDays(90), 25, Duration.ofDays(7), 5, MediaRules.RESERVE, Duration.ofDays(8), 6, true, 12);
        change(edit -> edit.putPool(Records.with(Rows.pool("main.set2"), "keyRing", new byte[] {1})), edit -> edit.putMediaSet(second),
                edit -> edit.putMediaRules(rules));
        assertRows(List.of(Rows.pool("main"), Rows.pool("offsite")), read(CatalogView::pools));
        assertArrayEquals(Rows.pool("main").keyRing(), read(view -> view.pool(second.name())).orElseThrow().keyRing());
        assertEquals(List.of(second), read(CatalogView::mediaSets));
        assertEquals(Optional.of(second), read(view -> view.mediaSet(second.name())));
        assertEquals(Optional.empty(), read(view -> view.mediaSet(MAIN)));
        assertEquals(rules, read(view -> view.mediaRules(second.name())));
    }

    @Test
    default void aSetGoesWithItsPoolAndLeavesItsSessionsWhereTheyAreGiven() throws Exception {
        copied();
        MediaSet second = MediaSet.of(MAIN, 2);
        PoolName copies = new PoolName("offsite.in.main.set2");
        change(edit -> edit.putPool(Rows.pool("main.set2")), edit -> edit.putMediaSet(second), edit -> edit.putPool(Rows.pool(copies.value())),
                edit -> edit.putReplica(new Replica(copies, OFFSITE, second.name())), edit -> edit.putSession(Rows.session(7, "main.set2")));
        SessionId session = Rows.session(7, "main.set2").id();
        change(edit -> edit.giveSessions(second.name(), MAIN));
        change(edit -> edit.deletePool(second.name()));
        assertEquals(List.of(session), read(view -> view.sessions(MAIN)).stream().filter(session::equals).toList());
        assertEquals(List.of(), read(CatalogView::mediaSets));
        assertEquals(Optional.empty(), read(view -> view.pool(copies)));
        change(edit -> edit.putPool(Rows.pool("main.set2")), edit -> edit.putMediaSet(second), edit -> edit.deleteSnapshot(FIRST.id(), Rows.TIME),
                edit -> edit.deleteSnapshot(SECOND.id(), Rows.TIME));
        change(edit -> edit.deletePool(MAIN));
        assertEquals(Optional.empty(), read(view -> view.pool(second.name())));
        assertEquals(List.of(), read(CatalogView::mediaSets));
    }

    @Test
    default void aReplicaGoesWithEitherOfItsPools() throws Exception {
        copied();
        change(edit -> edit.deletePool(OFFSITE));
        assertEquals(List.of(), read(CatalogView::replicas));
        assertEquals(Optional.empty(), read(view -> view.pool(COPIES)));
        assertEquals(Optional.empty(), read(view -> view.volume(new VolumeId(-1, 4))));
        assertEquals(List.of(), read(view -> view.copies(FIRST.id())));
    }

    @Test
    default void knowsWhichOfTheNewestHaveNoWholeCopyInAPool() throws Exception {
        copied();
        assertRows(Rows.listed(SECOND), read(view -> view.newestUncopied(1, OFFSITE)));
        assertRows(Rows.listed(SECOND), read(view -> view.newestUncopied(2, OFFSITE)));
        assertEquals(List.of(copy(FIRST.id(), false)), read(view -> view.newestCopies(2)));
        assertEquals(List.of(), read(view -> view.newestCopies(1)));
        change(edit -> edit.putCopy(copy(FIRST.id(), true)));
        assertRows(Rows.listed(FIRST, SECOND), read(view -> view.newestUncopied(2, OFFSITE)));
        SaveSetId etc = new SaveSetId(FIRST.client(), FIRST.saveSet());
        assertEquals(List.of(true, true, false), List.of(read(view -> view.isIn(etc, MAIN)), read(view -> view.isIn(etc, OFFSITE)), read(view -> view.isIn(etc, COPIES))));
        change(edit -> edit.deleteSnapshot(FIRST.id(), Rows.TIME));
        assertEquals(false, read(view -> view.isIn(etc, OFFSITE)));
    }

    /** Whose texts have several lengths, in order. */
    List<Instant> TIMES = List.of(Instant.parse("2026-03-29T01:59:59.999999999Z"), Instant.parse("2026-03-29T02:00:00Z"), Instant.parse("2026-03-29T02:00:00.000000001Z"),
            Instant.parse("2026-03-29T02:00:00.100Z"), Instant.parse("2026-03-29T02:00:00.100001Z"), Instant.parse("2026-03-29T02:00:01Z"));

    /** What stores answer by a query of their own is what {@link CatalogView} gathers one by one: clients whose snapshots lie in two pools and a set, with copies in two, some damaged. */
    @Test
    default void answersInOneGoWhatCouldBeGatheredOneByOne() throws Exception {
        copied();
        MediaSet behind = MediaSet.of(MAIN, 2);
        MediaSet ofOffsite = MediaSet.of(OFFSITE, 2);
        List<Replica> replicas = List.of(new Replica(COPIES, MAIN, OFFSITE), new Replica(new PoolName("main.in.offsite.set2"), MAIN, ofOffsite.name()), new Replica(new PoolName("offsite.in.main"), OFFSITE, MAIN));
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        change(edit -> {
            for (PoolName pool : List.of(behind.name(), ofOffsite.name(), replicas.get(1).name(), replicas.get(2).name())) {
                edit.putPool(Rows.pool(pool.value()));
            }
            edit.putMediaSet(behind);
            edit.putMediaSet(ofOffsite);
            for (Replica replica : replicas) {
                edit.putReplica(replica);
            }
            for (int i = 0; i < 120; i++) {
                Snapshot snapshot = Records.with(Rows.snapshot(10 + random.nextInt(1_000_000), List.of(MAIN, OFFSITE, behind.name()).get(random.nextInt(3)).value(),
                        random.nextBoolean() ? "web" : "db", "set" + random.nextInt(6)), "received", TIMES.get(random.nextInt(TIMES.size())));
                edit.putSnapshot(snapshot);
                for (Replica replica : replicas) {
                    if (random.nextInt(3) == 0) {
                        edit.putCopy(new SnapshotCopy(snapshot.id(), replica.name(), new JobId(3), Rows.TIME, random.nextInt(4) == 0));
                    }
                }
            }
        });
        read(view -> {
            CatalogView plain = plain(view);
            for (int each = 1; each <= 3; each++) {
                assertRows(plain.newestSnapshots(each), view.newestSnapshots(each));
                assertEquals(plain.newestCopies(each), view.newestCopies(each), "seed " + seed);
                for (PoolName to : List.of(MAIN, OFFSITE)) {
                    assertRows(plain.newestUncopied(each, to), view.newestUncopied(each, to));
                }
            }
            assertEquals(plain.lastReceived(), view.lastReceived(), "seed " + seed);
            assertInPages(plain, view, null, "seed " + seed);
            assertInPages(plain, view, new ClientName("web"), "seed " + seed);
            assertRows(plain.received(null, TIMES.get(2), null, 7), view.received(null, TIMES.get(2), null, 7));
            assertRows(plain.received(null, TIMES.getLast().plusNanos(1), null, 7), view.received(null, TIMES.getLast().plusNanos(1), null, 7));
            for (int set = 0; set < 12; set++) {
                SaveSetId id = new SaveSetId(new ClientName(set % 2 == 0 ? "web" : "db"), new SaveSetName("set" + set / 2));
                for (PoolName pool : List.of(MAIN, OFFSITE, COPIES)) {
                    assertEquals(plain.isIn(id, pool), view.isIn(id, pool), "seed " + seed + ", " + id + " in " + pool);
                }
            }
            return null;
        });
    }

    /** All, by times of which many are those of several, seven at a time. */
    private static void assertInPages(CatalogView plain, CatalogView view, ClientName client, String seed) throws BackupException {
        List<Snapshot> all = plain.received(client, null, null, 1_000);
        assertRows(view.snapshots(client), all.stream().sorted(Comparator.comparing(Snapshot::id)).toList());
        List<Snapshot> found = new ArrayList<>();
        while (found.size() < all.size()) {
            Snapshot last = found.isEmpty() ? null : found.getLast();
            List<Snapshot> page = view.received(client, last == null ? null : last.received(), last == null ? null : last.id(), 7);
            assertEquals(Math.min(7, all.size() - found.size()), page.size(), seed);
            found.addAll(page);
        }
        assertRows(all, found);
        assertEquals(List.of(), view.received(client, found.getLast().received(), found.getLast().id(), 7), seed);
    }

    /** The same view, whose defaults are those of the interface. */
    private static CatalogView plain(CatalogView view) {
        return (CatalogView) Proxy.newProxyInstance(CatalogView.class.getClassLoader(), new Class<?>[] {CatalogView.class},
                (self, method, args) -> method.isDefault() ? InvocationHandler.invokeDefault(self, method, args) : method.invoke(view, args));
    }
}
