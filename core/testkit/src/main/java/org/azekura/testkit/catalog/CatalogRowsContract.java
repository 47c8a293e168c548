package org.azekura.testkit.catalog;

import static org.azekura.testkit.catalog.Records.assertEmpty;
import static org.azekura.testkit.catalog.Records.assertRow;
import static org.azekura.testkit.catalog.Records.assertRows;
import static org.azekura.testkit.catalog.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.SaveSetName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.catalog.Deletion;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.PoolFigures;
import org.azekura.api.catalog.Session;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.Volume;
import org.junit.jupiter.api.Test;

/** How every {@link CatalogStore} keeps, replaces and orders its rows. */
public interface CatalogRowsContract {

    /** The store of this test, empty at first; the same one until it is opened again. */
    CatalogStore store();

    /** Closes the store and opens what it kept. */
    CatalogStore reopen() throws Exception;

    PoolName MAIN = new PoolName("main");
    PoolName OFFSITE = new PoolName("offsite");

    @Test
    default void isEmptyAtFirst() throws Exception {
        store().read(view -> {
            assertEquals(Optional.empty(), view.setting("appliance"));
            assertEquals(List.of(), view.pools());
            assertEquals(List.of(), view.volumes());
            assertEquals(List.of(), view.packs(MAIN));
            assertEquals(List.of(), view.clients());
            assertEquals(List.of(), view.quotas());
            assertEquals(List.of(), view.snapshots(null));
            assertEquals(List.of(), view.snapshotsIn(MAIN));
            assertEquals(List.of(), view.snapshotsBeginningWith(""));
            assertEquals(0, view.snapshotCount());
            assertEquals(List.of(), view.jobs(false));
            assertEquals(List.of(), view.log(new JobId(1)));
            assertEquals(Optional.empty(), view.pool(MAIN));
            assertEquals(Optional.empty(), view.volume(new VolumeId(1, 1)));
            assertEquals(Optional.empty(), view.pack(new PackId(1, 1)));
            assertEquals(Optional.empty(), view.session(new SessionId(1, 1)));
            assertEquals(Optional.empty(), view.client(new ClientName("web")));
            assertEquals(Optional.empty(), view.snapshot(new SnapshotId(1, 1)));
            assertEquals(Optional.empty(), view.latest(new ClientName("web"), new SaveSetName("etc"), MAIN));
            return assertEmpty(view.job(new JobId(1)));
        });
    }

    @Test
    default void keepsAndReplacesSettings() throws Exception {
        change(edit -> edit.putSetting("a", "1"), edit -> edit.putSetting("b", "z\nß"), edit -> edit.putSetting("a", ""));
        assertEquals(Optional.of(""), read(view -> view.setting("a")));
        assertEquals(Optional.of("z\nß"), read(view -> view.setting("b")));
    }

    @Test
    default void namesSettingsThatBeginAlike() throws Exception {
        change(edit -> edit.putSetting("b.2", "two"), edit -> edit.putSetting("b.1", "one"), edit -> edit.putSetting("b", ""), edit -> edit.putSetting("B.3", "three"),
                edit -> edit.putSetting("b_1", "other"));
        assertEquals("{b.1=one, b.2=two}", read(view -> view.settings("b.")).toString());
        assertEquals("{}", read(view -> view.settings("%")).toString());
    }

    @Test
    default void addsUpWhatCountsForAClientsQuota() throws Exception {
        ClientName web = new ClientName("web");
        change(edit -> edit.putClient(Rows.client("web")), edit -> edit.putClient(Rows.client("db")), edit -> edit.putPool(Rows.pool("main")),
                edit -> edit.putVolume(Rows.volume(1, "main", "v")));
        assertEquals(Optional.of(new Quota(web, Quota.NONE, 0)), read(view -> view.quota(web)));
        assertEquals(Optional.empty(), read(view -> view.quota(new ClientName("nobody"))));
        Pack mine = with(with(Rows.pack(1, "main", 1), "owner", web), "size", 100L);
        Pack more = with(with(Rows.pack(2, "main", 1), "owner", web), "size", 7L);
        change(edit -> edit.putPack(mine), edit -> edit.putPack(more), edit -> edit.putPack(Rows.pack(3, "main", 1)), edit -> edit.putQuota(web, 1000));
        assertRow(mine, read(view -> view.pack(mine.id())));
        change(edit -> edit.putClient(with(Rows.client("web"), "lastSeen", Rows.TIME.plusSeconds(9))), edit -> edit.putQuota(new ClientName("nobody"), 1));
        assertEquals(Optional.of(new Quota(web, 1000, 107)), read(view -> view.quota(web)));
        assertEquals(Optional.of(new Quota(web, 1000, 107)), read(view -> view.boundedQuota(web)));
        assertEquals(Optional.empty(), read(view -> view.boundedQuota(new ClientName("db"))));
        assertEquals(List.of(new Quota(new ClientName("db"), Quota.NONE, 0), new Quota(web, 1000, 107)), read(CatalogView::quotas));
        assertEquals(Optional.of(107L), read(view -> Optional.of(view.treeBytes(web))));
        change(edit -> edit.putPack(with(more, "tree", false)));
        assertEquals(Optional.of(100L), read(view -> Optional.of(view.treeBytes(web))));
        assertEquals(Optional.of(0L), read(view -> Optional.of(view.treeBytes(new ClientName("nobody")))));
        change(edit -> edit.deletePack(mine.id(), mine.volume()), edit -> edit.putQuota(web, Quota.NONE));
        assertEquals(Optional.of(new Quota(web, Quota.NONE, 7)), read(view -> view.quota(web)));
    }

    @Test
    default void givesPacksWithoutOwnerToWhoseSnapshotTheirJobMade() throws Exception {
        ClientName web = new ClientName("web");
        ClientName db = new ClientName("db");
        change(edit -> edit.putClient(Rows.client("web")), edit -> edit.putClient(Rows.client("db")), edit -> edit.putPool(Rows.pool("main")),
                edit -> edit.putPool(Rows.pool("offsite")), edit -> edit.putVolume(Rows.volume(1, "main", "v")), edit -> edit.putVolume(Rows.volume(2, "offsite", "w")),
                edit -> edit.putPack(with(with(Rows.pack(1, "main", 1), "job", new JobId(2)), "size", 10L)),
                edit -> edit.putPack(with(with(with(Rows.pack(2, "main", 1), "job", new JobId(2)), "size", 20L), "owner", db)),
                edit -> edit.putPack(with(Rows.pack(3, "main", 1), "job", new JobId(5))),
                edit -> edit.putPack(with(Rows.pack(4, "offsite", 2), "job", new JobId(2))),
                edit -> edit.putSnapshot(Rows.snapshot(1, "main", "web", "etc")), edit -> edit.putOwners(MAIN));
        assertEquals(List.of(new Quota(db, Quota.NONE, 20), new Quota(web, Quota.NONE, 10)), read(CatalogView::quotas));
    }

    @Test
    default void keepsAndReplacesPools() throws Exception {
        Pool exported = with(Rows.pool("main"), "keyExported", Rows.TIME.plusNanos(1));
        Pool alone = with(Rows.pool("offsite"), "group", null);
        change(edit -> edit.putPool(alone), edit -> edit.putPool(Rows.pool("main")), edit -> edit.putPool(exported));
        assertRows(List.of(exported, alone), read(CatalogView::pools));
        assertRow(exported, read(view -> view.pool(MAIN)));
    }

    @Test
    default void keepsVolumesByLabelAndReplacesThem() throws Exception {
        Volume full = with(with(with(Rows.volume(1, "main", "b"), "state", Volume.State.FULL), "barcode", "A00017L8"), "capacity", 99L);
        change(edit -> edit.putPool(Rows.pool("main")), edit -> edit.putVolume(Rows.volume(1, "main", "z")),
                edit -> edit.putVolume(Rows.volume(2, "main", "a")), edit -> edit.putVolume(full));
        assertRows(List.of(Rows.volume(2, "main", "a"), full), read(CatalogView::volumes));
        assertRow(full, read(view -> view.volume(full.id())));
    }

    @Test
    default void keepsEveryCopyOfAPack() throws Exception {
        twoPools();
        Pack found = with(with(Rows.pack(1, "main", 1), "job", null), "tree", false);
        change(edit -> edit.putPack(Rows.pack(1, "main", 1)), edit -> edit.putPack(Rows.pack(1, "main", 2)), edit -> edit.putPack(found),
                edit -> edit.putPack(Rows.pack(2, "offsite", 3)));
        List<Pack> packs = new ArrayList<>(read(view -> view.packs(MAIN)));
        packs.sort((a, b) -> a.volume().compareTo(b.volume()));
        assertRows(List.of(found, Rows.pack(1, "main", 2)), packs);
        List<Pack> each = new ArrayList<>();
        read(view -> {
            view.eachPack(MAIN, each::add);
            return null;
        });
        each.sort((a, b) -> a.volume().compareTo(b.volume()));
        assertRows(packs, each);
        assertEquals(new PoolFigures(2, 0, 0), read(view -> view.figures(MAIN)));
        assertRow(Rows.pack(2, "offsite", 3), read(view -> view.pack(new PackId(-2, 2))));
        assertTrue(Set.of(1L, 2L).contains(read(view -> view.pack(found.id())).orElseThrow().volume().low()));
    }

    @Test
    default void keepsThePacksOfFailedJobs() throws Exception {
        twoPools();
        change(edit -> edit.putJob(Rows.job(1, Job.State.FAILED)), edit -> edit.putPack(Rows.pack(1, "main", 1)));
        assertRows(List.of(Rows.pack(1, "main", 1)), read(view -> view.packs(MAIN)));
    }

    @Test
    default void keepsAndReplacesSessions() throws Exception {
        Session other = with(with(Rows.session(1, "main"), "sealed", new byte[70_000]), "group", new TrustGroup(-4, 4));
        change(edit -> edit.putPool(Rows.pool("main")), edit -> edit.putSession(Rows.session(1, "main")));
        assertEquals(List.of(other.id()), read(view -> view.sessionsOfNobody(MAIN)));
        change(edit -> edit.putSession(other));
        assertRow(other, read(view -> view.session(other.id())));
        assertEquals(List.of(), read(view -> view.sessionsOfNobody(MAIN)));
        List<Session> each = new ArrayList<>();
        read(view -> {
            view.eachSession(MAIN, each::add);
            view.eachSession(new PoolName("other"), each::add);
            return null;
        });
        assertRows(List.of(other), each);
    }

    @Test
    default void keepsClientsByName() throws Exception {
        Client unseen = with(with(Rows.client("B"), "signingKey", null), "lastSeen", null);
        change(edit -> edit.putClient(Rows.client("c")), edit -> edit.putClient(Rows.client("B")), edit -> edit.putClient(Rows.client("a")),
                edit -> edit.putClient(unseen));
        assertRows(List.of(unseen, Rows.client("a"), Rows.client("c")), read(CatalogView::clients));
        assertRow(unseen, read(view -> view.client(unseen.name())));
    }

    @Test
    default void keepsWhatWasLaidDownForClients() throws Exception {
        ClientName web = new ClientName("web");
        Bandwidth always = new Bandwidth(20 << 20);
        Bandwidth byDay = new Bandwidth(1 << 20, LocalTime.of(8, 0), LocalTime.of(18, 30));
        Bandwidth byNight = new Bandwidth(3L << 32, LocalTime.of(22, 0), LocalTime.of(6, 0));
        assertEquals(ClientTerms.none(web), read(view -> view.terms(web)));
        twoPools();
        ClientTerms first = new ClientTerms(web, null, new PoolGroup("sites"), List.of(byNight, always, byDay));
        ClientTerms other = new ClientTerms(new ClientName("db"), null, null, List.of(always));
        change(edit -> edit.putTerms(first), edit -> edit.putTerms(other));
        assertEquals(first, read(view -> view.terms(web)));
        ClientTerms second = first.goingTo(MAIN).limited(List.of(byDay));
        change(edit -> edit.putTerms(second));
        reopen();
        assertEquals(second, read(view -> view.terms(web)));
        assertEquals(other, read(view -> view.terms(new ClientName("db"))));
        change(edit -> edit.deletePool(MAIN));
        assertEquals(second.goingTo((PoolName) null), read(view -> view.terms(web)));
    }

    @Test
    default void ordersSnapshotsByTheirIds() throws Exception {
        twoPools();
        Snapshot oldest = Rows.snapshot(0x7fff, "main", "web", "etc");
        Snapshot other = Rows.snapshot(0x8000, "offsite", "web", "etc");
        Snapshot child = with(Rows.snapshot(Long.MAX_VALUE, "main", "web", "etc"), "parent", oldest.id());
        Snapshot latest = Rows.snapshot(Long.MIN_VALUE, "main", "db", "etc");
        Snapshot home = Rows.snapshot(-1, "main", "web", "home");
        change(edit -> edit.putSnapshot(home), edit -> edit.putSnapshot(latest), edit -> edit.putSnapshot(with(child, "parent", null)),
                edit -> edit.putSnapshot(oldest), edit -> edit.putSnapshot(other), edit -> edit.putSnapshot(child));
        assertRows(Rows.listed(oldest, other, child, latest, home), read(view -> view.snapshots(null)));
        assertRows(Rows.listed(oldest, other, child, home), read(view -> view.snapshots(new ClientName("web"))));
        assertRows(Rows.listed(oldest, child, latest, home), read(view -> view.snapshotsIn(MAIN)));
        assertRows(Rows.listed(other, child, latest, home), read(view -> view.newestSnapshots(1)));
        assertRows(Rows.listed(oldest, other, child, latest, home), read(view -> view.newestSnapshots(2)));
        assertEquals(5, read(CatalogView::snapshotCount));
        assertEquals(4, read(view -> view.figures(MAIN)).snapshots());
        assertRow(child, read(view -> view.snapshot(child.id())));
        assertRow(child, read(view -> view.latest(new ClientName("web"), new SaveSetName("etc"), MAIN)));
        assertRow(other, read(view -> view.latest(new ClientName("web"), new SaveSetName("etc"), OFFSITE)));
        assertEmpty(read(view -> view.latest(new ClientName("db"), new SaveSetName("home"), MAIN)));
    }

    @Test
    default void keepsJobsAndKnowsWhichHaveEnded() throws Exception {
        List<Job> all = new ArrayList<>();
        for (Job.State state : Job.State.values()) {
            all.add(Rows.job(all.size() + 1, state));
        }
        Job bare = all.getFirst();
        for (String nullable : List.of("client", "pool", "ended", "error", "holds", "detour", "result")) {
            bare = with(bare, nullable, null);
        }
        all.set(0, with(with(bare, "order", new byte[0]), "kind", Job.Kind.VERIFY));
        change(edit -> edit.putJob(Rows.job(1, Job.State.DONE)), edit -> {
            for (Job job : all.reversed()) {
                edit.putJob(job);
            }
        });
        assertRows(Rows.listed(all), read(view -> view.jobs(false)));
        assertRows(Rows.listed(all.stream().filter(job -> !job.state().ended()).toList()), read(view -> view.jobs(true)));
        List<Job> unended = all.stream().filter(job -> !job.state().ended()).toList();
        assertRows(unended.subList(0, 2), read(view -> view.unendedBehind(null, 2)));
        assertRows(unended.subList(1, unended.size()), read(view -> view.unendedBehind(unended.getFirst().id(), 99)));
        assertEquals(List.of(), read(view -> view.unendedBehind(unended.getLast().id(), 99)));
        for (Job job : all) {
            assertRow(job, read(view -> view.job(job.id())));
        }
    }

    @Test
    default void keepsJobsOfEveryKind() throws Exception {
        for (Job.Kind kind : Job.Kind.values()) {
            Job job = with(Rows.job(kind.ordinal() + 1, Job.State.DONE), "kind", kind);
            change(edit -> edit.putJob(job));
            assertRow(job, read(view -> view.job(job.id())));
        }
    }

    @Test
    default void keepsAJobsLogInOrder() throws Exception {
        List<JobLine> lines = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            lines.add(new JobLine(new JobId(1), i == 5 ? Instant.EPOCH : Rows.TIME, JobLine.Level.values()[i % 3], "line " + i));
        }
        JobLine other = new JobLine(new JobId(2), Rows.TIME, JobLine.Level.INFO, "other");
        change(edit -> edit.putJob(Rows.job(1, Job.State.RUNNING)), edit -> edit.putJob(Rows.job(2, Job.State.RUNNING)), edit -> {
            for (JobLine line : lines) {
                edit.addLine(line);
                edit.addLine(other);
            }
        }, edit -> edit.putJob(Rows.job(1, Job.State.DONE)));
        assertRows(lines, read(view -> view.log(new JobId(1))));
        assertEquals(12, read(view -> view.log(other.job())).size());
    }

    @Test
    default void forgetsOneCopyOfAPackAndNoOther() throws Exception {
        twoPools();
        change(edit -> edit.putPack(Rows.pack(1, "main", 1)), edit -> edit.putPack(Rows.pack(1, "main", 2)));
        change(edit -> edit.deletePack(Rows.pack(1, "main", 1).id(), Rows.pack(1, "main", 1).volume()));
        change(edit -> edit.deletePack(Rows.pack(1, "main", 1).id(), Rows.pack(1, "main", 1).volume()));
        assertRows(List.of(Rows.pack(1, "main", 2)), read(view -> view.packs(MAIN)));
    }

    @Test
    default void deletesASnapshotAndKnowsThatItWasThere() throws Exception {
        twoPools();
        Snapshot gone = Rows.snapshot(5, "main", "web", "etc");
        Snapshot other = Rows.snapshot(6, "main", "web", "etc");
        change(edit -> edit.putSnapshot(gone), edit -> edit.putSnapshot(other), edit -> edit.putSnapshot(Rows.snapshot(7, "offsite", "db", "etc")));
        change(edit -> edit.deleteSnapshot(gone.id(), Rows.TIME), edit -> edit.deleteSnapshot(new SnapshotId(8, 8), Rows.TIME));
        change(edit -> edit.deleteSnapshot(gone.id(), Rows.TIME.plusSeconds(9)));
        assertEmpty(read(view -> view.snapshot(gone.id())));
        assertRows(Rows.listed(other), read(view -> view.snapshotsIn(MAIN)));
        assertEquals(read(view -> view.deletions(MAIN)).size(), read(view -> view.figures(MAIN)).deletions());
        List<Deletion> expected = List.of(new Deletion(gone.id(), MAIN, gone.client(), gone.root(), Rows.TIME));
        assertRows(expected, read(view -> view.deletions(MAIN)));
        assertEquals(List.of(), read(view -> view.deletions(OFFSITE)));
        reopen();
        assertRows(expected, read(view -> view.deletions(MAIN)));
    }

    @Test
    default void givesTheLeastVerifiedPacksFirst() throws Exception {
        twoPools();
        change(edit -> edit.putPack(Rows.pack(1, "main", 1)), edit -> edit.putPack(Rows.pack(2, "main", 1)),
                edit -> edit.putPack(Rows.pack(3, "main", 1)), edit -> edit.putPack(Rows.pack(4, "offsite", 3)));
        VolumeId volume = Rows.pack(1, "main", 1).volume();
        change(edit -> edit.putVerified(new PackId(-2, 1), volume, Rows.TIME.plusSeconds(60)),
                edit -> edit.putVerified(new PackId(-2, 3), volume, Rows.TIME), edit -> edit.putVerified(new PackId(-2, 9), volume, Rows.TIME),
                edit -> edit.putPack(Rows.pack(1, "main", 1)));
        List<Long> order = new ArrayList<>();
        read(view -> {
            view.eachPackLeastVerified(MAIN, pack -> order.add(pack.id().low()));
            return null;
        });
        assertEquals(List.of(2L, 3L, 1L), order);
        assertEquals(Map.of(volume, Rows.pack(2, "main", 1).writtenAt()), read(view -> view.unreadSince(MAIN)));
        change(edit -> edit.putVerified(new PackId(-2, 2), volume, Rows.TIME.plusSeconds(90)), edit -> edit.putVerified(new PackId(-2, 3), volume, Rows.TIME.plusSeconds(30)));
        assertEquals(Map.of(volume, Rows.TIME.plusSeconds(30)), read(view -> view.unreadSince(MAIN)));
    }

    @Test
    default void forgetsSessionsAndSettings() throws Exception {
        twoPools();
        change(edit -> edit.putSession(Rows.session(1, "main")), edit -> edit.putSession(Rows.session(2, "main")),
                edit -> edit.putSession(Rows.session(3, "offsite")), edit -> edit.putSetting("a", "1"), edit -> edit.putSetting("b", "2"));
        assertEquals(Set.of(new SessionId(-3, 1), new SessionId(-3, 2)), Set.copyOf(read(view -> view.sessions(MAIN))));
        change(edit -> edit.deleteSession(new SessionId(-3, 1)), edit -> edit.deleteSession(new SessionId(-3, 9)),
                edit -> edit.deleteSetting("a"), edit -> edit.deleteSetting("c"));
        assertEquals(List.of(new SessionId(-3, 2)), read(view -> view.sessions(MAIN)));
        assertEmpty(read(view -> view.session(new SessionId(-3, 1))));
        assertEquals(Optional.empty(), read(view -> view.setting("a")));
        assertEquals(Optional.of("2"), read(view -> view.setting("b")));
    }

    @Test
    default void neverGivesAJobNumberTwice() throws Exception {
        assertEquals(new JobId(1), store().write(edit -> edit.nextJob()));
        assertEquals(List.of(new JobId(2), new JobId(3)), store().write(edit -> List.of(edit.nextJob(), edit.nextJob())));
        assertEquals(new JobId(4), reopen().write(edit -> edit.nextJob()));
        change(edit -> edit.putJob(Rows.job(20, Job.State.DONE)), edit -> edit.putJob(Rows.job(10, Job.State.DONE)));
        assertEquals(new JobId(21), store().write(edit -> edit.nextJob()));
        twoPools();
        change(edit -> edit.putPack(with(Rows.pack(1, "main", 1), "job", new JobId(40))),
                edit -> edit.putSnapshot(with(Rows.snapshot(1, "main", "web", "etc"), "job", new JobId(30))));
        assertEquals(new JobId(41), reopen().write(edit -> edit.nextJob()));
    }

    @Test
    default void deletesAPoolWithAllThatIsIts() throws Exception {
        twoPools();
        change(edit -> edit.putPack(Rows.pack(1, "main", 1)), edit -> edit.putPack(Rows.pack(2, "offsite", 3)),
                edit -> edit.putSession(Rows.session(1, "main")), edit -> edit.putSession(Rows.session(2, "offsite")),
                edit -> edit.deletePool(MAIN));
        assertRows(List.of(Rows.pool("offsite")), read(CatalogView::pools));
        assertRows(List.of(Rows.volume(3, "offsite", "c")), read(CatalogView::volumes));
        assertRows(List.of(), read(view -> view.packs(MAIN)));
        assertRows(List.of(Rows.pack(2, "offsite", 3)), read(view -> view.packs(OFFSITE)));
        assertEmpty(read(view -> view.session(Rows.session(1, "main").id())));
        assertRow(Rows.session(2, "offsite"), read(view -> view.session(Rows.session(2, "offsite").id())));
    }

    @Test
    default void keepsEverythingWhenOpenedAgain() throws Exception {
        twoPools();
        change(edit -> edit.putSetting("appliance", "x"), edit -> edit.putPack(Rows.pack(1, "main", 1)),
                edit -> edit.putSession(Rows.session(1, "main")), edit -> edit.putClient(Rows.client("web")),
                edit -> edit.putSnapshot(Rows.snapshot(5, "main", "web", "etc")), edit -> edit.putJob(Rows.job(1, Job.State.DONE)));
        reopen();
        assertEquals(Optional.of("x"), read(view -> view.setting("appliance")));
        assertRows(List.of(Rows.pool("main"), Rows.pool("offsite")), read(CatalogView::pools));
        assertRows(List.of(Rows.pack(1, "main", 1)), read(view -> view.packs(MAIN)));
        assertRow(Rows.session(1, "main"), read(view -> view.session(Rows.session(1, "main").id())));
        assertRows(List.of(Rows.client("web")), read(CatalogView::clients));
        Snapshot snapshot = Rows.snapshot(5, "main", "web", "etc");
        assertRow(snapshot, read(view -> view.snapshot(snapshot.id())));
        assertRow(Rows.job(1, Job.State.DONE), read(view -> view.job(new JobId(1))));
    }

    /** Main has volumes 1 and 2, offsite has volume 3. */
    default void twoPools() throws BackupException {
        change(edit -> edit.putPool(Rows.pool("main")), edit -> edit.putPool(Rows.pool("offsite")),
                edit -> edit.putVolume(Rows.volume(1, "main", "a")), edit -> edit.putVolume(Rows.volume(2, "main", "b")),
                edit -> edit.putVolume(Rows.volume(3, "offsite", "c")));
    }

    /** One step of a change. */
    interface Step {
        void run(CatalogEdit edit) throws BackupException;
    }

    default void change(Step... steps) throws BackupException {
        store().write(edit -> {
            for (Step step : steps) {
                step.run(edit);
            }
            return null;
        });
    }

    default <T> T read(CatalogStore.Query<T> query) throws BackupException {
        return store().read(query);
    }
}
