package org.azekura.server.pool;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.catalog.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.catalog.Volume;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.TwinSeal;
import org.azekura.engine.volume.SigningKey;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolRemovalTest {

    private static final PoolName MAIN = new PoolName("main");
    private static final PoolName OFFSITE = new PoolName("offsite");

    @TempDir Path home;
    private CatalogDoor door;
    private CatalogStore catalog;

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        catalog = door.catalog();
        door.change(edit -> edit.putPool(Rows.pool("main")));
        door.change(edit -> edit.putPool(Rows.pool("offsite")));
    }

    @AfterEach
    void close() {
        door.close();
    }

    private void delete(PoolName pool) throws BackupException {
        new PoolRemoval(catalog, null, vault(), new ReentrantLock()).letGo(catalog.read(view -> view.pool(pool)).orElseThrow());
    }

    private PoolVault vault() throws BackupException {
        TwinSeal seal = new TwinSeal(SigningKey.loadOrCreate(home.resolve("signing-key")).secretFor("keys of pools"));
        return new PoolVault(home.resolve("keys"), catalog, new TwinShelf(catalog, seal, () -> false));
    }

    /** Killed when it was out of the catalog, and before its keys went. */
    @Test
    void itsKeysGoAtTheNextStart() throws Exception {
        vault().keep(MAIN, RecipientKey.generate());
        vault().keep(OFFSITE, RecipientKey.generate());
        delete(MAIN);
        assertTrue(Files.exists(home.resolve("keys/main")));
        vault().follow();
        assertFalse(Files.exists(home.resolve("keys/main")));
        assertTrue(Files.exists(home.resolve("keys/offsite")));
    }

    private void held(String by) {
        String said = assertRefused("pool.used", () -> delete(MAIN)).getMessage();
        assertTrue(said.contains(by), said);
    }

    @Test
    void isHeldByWhateverNeedsIt() throws Exception {
        door.change(edit -> edit.putSnapshot(Rows.snapshot(1, "main", "web", "etc")));
        held("1 snapshot (azekura snapshot delete)");
        door.change(edit -> edit.deleteSnapshot(Rows.snapshot(1, "main", "web", "etc").id(), Rows.TIME));
        door.change(edit -> edit.putPolicy(new Policy(new PolicyName("nightly"), OFFSITE, List.of(), List.of(MAIN))));
        held("policies nightly (azekura policy delete)");
        door.change(edit -> edit.deletePolicy(new PolicyName("nightly")));
        door.change(edit -> edit.putClient(Rows.client("web")));
        door.change(edit -> edit.putTerms(ClientTerms.none(new ClientName("web")).goingTo(MAIN)));
        held("clients web, whose backups go there");
        door.change(edit -> edit.putTerms(ClientTerms.none(new ClientName("web"))));
        door.change(edit -> edit.putJob(Rows.job(1, Job.State.PARKED)));
        held("jobs 1 that have not ended");
        door.change(edit -> edit.putJob(Rows.job(1, Job.State.FAILED)));
        door.change(edit -> edit.putVolume(with(Rows.volume(1, "main", "v1"), "state", Volume.State.LOCKED)));
        held("locked volumes v1");
        door.change(edit -> edit.putVolume(Rows.volume(1, "main", "v1")));
        delete(MAIN);
        assertEquals(List.of(OFFSITE), catalog.read(CatalogView::pools).stream().map(pool -> pool.name()).toList());
    }

    @Test
    void leavesNoSettingsBehind() throws Exception {
        for (String left : List.of("place.main", "remade.main", "pool.thaw.main", "place.offsite.in.main", "remade.offsite.in.main")) {
            door.change(edit -> edit.putSetting(left, "x"));
        }
        door.change(edit -> edit.putSetting("place.offsite", "x"));
        door.change(edit -> edit.putPool(Rows.pool("offsite.in.main")));
        door.change(edit -> edit.putReplica(new Replica(new PoolName("offsite.in.main"), OFFSITE, MAIN)));
        delete(MAIN);
        assertEquals(Map.of("place.offsite", "x"), catalog.read(view -> view.settings("place.")));
        assertEquals(Map.of(), catalog.read(view -> view.settings("remade.")));
        assertEquals(Map.of(), catalog.read(view -> view.settings("pool.thaw.")));
    }

    @Test
    void isHeldByCopiesInItAsLongAsTheirSnapshotsAreThere() throws Exception {
        PoolName copies = new PoolName("offsite.in.main");
        door.change(edit -> edit.putPool(Rows.pool("offsite.in.main")));
        door.change(edit -> edit.putReplica(new Replica(copies, OFFSITE, MAIN)));
        door.change(edit -> edit.putSnapshot(Rows.snapshot(1, "offsite", "web", "etc")));
        door.change(edit -> edit.putCopy(new SnapshotCopy(Rows.snapshot(1, "offsite", "web", "etc").id(), copies, new JobId(1), Rows.TIME, false)));
        held("1 copy of snapshots of pool offsite in pool main");
        door.change(edit -> edit.deleteSnapshot(Rows.snapshot(1, "offsite", "web", "etc").id(), Rows.TIME));
        delete(MAIN);
        assertTrue(catalog.read(CatalogView::replicas).isEmpty());
    }

    /** Two sets of a pool, with a cartridge each. */
    private Pool cut() throws BackupException {
        MediaSet second = MediaSet.of(MAIN, 2);
        door.change(edit -> edit.putPool(Rows.pool("main.set2")));
        door.change(edit -> edit.putMediaSet(second));
        door.change(edit -> edit.putVolume(with(Rows.volume(1, "main", "main-1"), "barcode", "A1")));
        door.change(edit -> edit.putVolume(with(Rows.volume(2, "main.set2", "main.set2-1"), "barcode", "A2")));
        return catalog.read(view -> view.pool(second.name())).orElseThrow();
    }

    @Test
    void isHeldByWhatIsInAnyOfItsSets() throws Exception {
        Pool open = cut();
        door.change(edit -> edit.putSnapshot(Rows.snapshot(1, "main.set2", "web", "etc")));
        assertRefused("pool.used", () -> delete(MAIN));
        assertTrue(assertRefused("pool.used", () -> delete(open.name())).getMessage().contains("it is the open one"));
        door.change(edit -> edit.deleteSnapshot(Rows.snapshot(1, "main.set2", "web", "etc").id(), Rows.TIME));
        delete(MAIN);
        assertEquals(List.of("A1", "A2"), catalog.read(CatalogView::scratchVolumes).stream().map(ScratchVolume::barcode).toList());
        assertEquals(List.of(), catalog.read(CatalogView::mediaSets));
    }

    private boolean expires(Pool set, boolean keptLongEnough) throws BackupException {
        PoolRemoval removal = new PoolRemoval(catalog, null, vault(), new ReentrantLock());
        return removal.letExpire(set, new JobId(9), (since, keep) -> keptLongEnough).isPresent();
    }

    @Test
    void onlyAClosedSetThatNothingNeedsExpires() throws Exception {
        Pool open = cut();
        Pool first = catalog.read(view -> view.pool(MAIN)).orElseThrow();
        assertFalse(expires(open, true));
        door.change(edit -> edit.putSnapshot(Rows.snapshot(1, "main", "web", "etc")));
        assertFalse(expires(first, true));
        door.change(edit -> edit.deleteSnapshot(Rows.snapshot(1, "main", "web", "etc").id(), Rows.TIME));
        door.change(edit -> edit.putJob(Rows.job(1, Job.State.PARKED)));
        assertFalse(expires(first, true));
        door.change(edit -> edit.putJob(Rows.job(1, Job.State.FAILED)));
        door.change(edit -> edit.putMediaRules(new MediaRules(MAIN, true, true, Duration.ofDays(30), 40, Duration.ZERO, 0)));
        assertFalse(expires(first, false));
        assertTrue(expires(first, true));
        assertEquals(List.of("A1"), catalog.read(CatalogView::scratchVolumes).stream().map(ScratchVolume::barcode).toList());
        assertEquals(true, catalog.read(view -> MediaSets.isVoid(view, first)));
        assertEquals(List.of(open.name()), catalog.read(view -> MediaSets.of(view, first)).stream().map(Pool::name).toList());
        assertFalse(expires(first, true));
    }

    /** A set that is being begun is waited for by nobody who has nothing to do with it: a tape may take minutes for that. */
    @Test
    void nobodyWaitsForASetThatIsBegunToHearThatNothingIsToBeDone() throws Exception {
        Pool second = cut();
        Pool first = catalog.read(view -> view.pool(MAIN)).orElseThrow();
        door.change(edit -> edit.putSnapshot(Rows.snapshot(1, "main", "web", "etc")));
        PoolService service = new PoolService(catalog, null, null);
        ReentrantLock turn = service.making();
        SetBeginning beginning = new SetBeginning(catalog, null, null, null, turn);
        turn.lock();
        try {
            assertEquals(Optional.empty(), elsewhere(() -> new PoolRemoval(catalog, null, vault(), turn).expire(first, null, new JobId(9), (since, keep) -> true)));
            assertEquals(Optional.empty(), elsewhere(() -> beginning.nextUnlessBusy(second, null)));
        } finally {
            turn.unlock();
        }
        assertRefused("set.empty", () -> beginning.nextUnlessBusy(second, null));
        assertFalse(turn.isLocked());
    }

    private static <T> T elsewhere(Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofVirtual().start(task);
        return task.get(120, TimeUnit.SECONDS);
    }

    @Test
    void itsNodeIsToLetGoOfASetThatExpiresAndOfTheCopiesInIt() throws Exception {
        cut();
        PoolName copies = new PoolName("offsite.in.main");
        door.change(edit -> edit.putPool(Rows.pool("offsite.in.main")));
        door.change(edit -> edit.putReplica(new Replica(copies, OFFSITE, MAIN)));
        Pool first = catalog.read(view -> view.pool(MAIN)).orElseThrow();
        OwedClosings owed = new OwedClosings(first.node());
        assertEquals(List.of(), catalog.read(owed::all));
        assertTrue(expires(first, true));
        assertEquals(List.of(copies, MAIN), catalog.read(owed::all));
        door.change(edit -> owed.remove(edit, copies));
        door.change(edit -> owed.add(edit, MAIN));
        assertEquals(List.of(MAIN), catalog.read(owed::all));
        door.change(edit -> owed.remove(edit, MAIN));
        assertEquals(List.of(), catalog.read(owed::all));
    }

    @Test
    void ofASetThatExpiresTheSessionsStayWithItsPool() throws Exception {
        Pool second = cut();
        door.change(edit -> edit.putPool(Rows.pool("main.set3")));
        door.change(edit -> edit.putMediaSet(MediaSet.of(MAIN, 3)));
        door.change(edit -> edit.putVolume(with(Rows.volume(3, "main.set3", "main.set3-1"), "barcode", "A3")));
        door.change(edit -> edit.putSession(Rows.session(4, "main.set2")));
        assertTrue(expires(second, true));
        assertEquals(1, catalog.read(view -> view.sessions(MAIN)).size());
        assertEquals(List.of(3), catalog.read(CatalogView::mediaSets).stream().map(MediaSet::number).toList());
    }

    @Test
    void cartridgesAreScratchUnlessTheyMayNotBeWritten() throws Exception {
        door.change(edit -> edit.putVolume(with(Rows.volume(1, "main", "main-1"), "barcode", "A1")));
        door.change(edit -> edit.putVolume(with(with(Rows.volume(2, "main", "main-2"), "barcode", "A2"), "state", Volume.State.SUSPECT)));
        door.change(edit -> edit.putVolume(with(with(Rows.volume(3, "main", "main-3"), "barcode", "A3"), "state", Volume.State.MISSING)));
        door.change(edit -> edit.putVolume(with(Rows.volume(4, "offsite", "offsite-1"), "barcode", "A4")));
        delete(MAIN);
        assertEquals(List.of("A1", "A3"), catalog.read(CatalogView::scratchVolumes).stream().map(ScratchVolume::barcode).toList());
        assertEquals(1, catalog.read(CatalogView::volumes).size());
    }
}
