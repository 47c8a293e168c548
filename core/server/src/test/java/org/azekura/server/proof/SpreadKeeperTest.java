package org.azekura.server.proof;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.SiteName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.catalog.Volume;
import org.azekura.api.server.Proofs.Newest;
import org.azekura.api.server.Sites.Kind;
import org.azekura.api.server.Spread;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real catalog: pool main on a disk, its copies in pool far. */
class SpreadKeeperTest {

    private static final PoolName COPIES = new PoolName("main.in.far");
    private static final Snapshot OLD = Rows.snapshot(1, "main", "web", "etc");
    private static final Snapshot NEW = Rows.snapshot(2, "main", "web", "etc");

    @TempDir
    Path home;
    private CatalogDoor door;
    private SpreadKeeper keeper;
    private SiteDesk sites;
    private long clock;

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        keeper = new SpreadKeeper(door.catalog(), new NodeName("srv"), () -> clock);
        sites = new SiteDesk(door.catalog(), new NodeName("srv"), () -> List.of(new NodeName("srv")), keeper::changed);
        door.change(edit -> {
            edit.putPool(pool(new PoolName("main"), "disk"));
            edit.putPool(pool(new PoolName("far"), "other"));
            edit.putPool(pool(COPIES, "other"));
            edit.putReplica(new Replica(COPIES, new PoolName("main"), new PoolName("far")));
            edit.putClient(Rows.client("web"));
            edit.putSnapshot(OLD);
            edit.putSnapshot(NEW);
        });
    }

    @AfterEach
    void close() {
        door.close();
    }

    private static Pool pool(PoolName name, String device) {
        Pool row = Rows.pool(name.value());
        return new Pool(name, row.node(), new DeviceName(device), row.driver(), row.chunkSizes(), row.compressionLevel(), row.livePercent(), row.keyRing(), row.created(), null);
    }

    private static SnapshotCopy copy(Snapshot of, boolean damaged) {
        return new SnapshotCopy(of.id(), COPIES, of.job(), Rows.TIME, damaged);
    }

    private void assertSpread(String expected, Snapshot snapshot) throws BackupException {
        Spread spread = keeper.of(List.of(snapshot)).get(snapshot.id());
        assertEquals(expected, spread.state().word() + " " + spread.kinds() + " " + spread.sites() + " " + spread.lacks());
    }

    @Test
    void aCopyCountsWhileItIsWhole() throws Exception {
        assertSpread("single [DISK] [here] [COPIES, KINDS, SITE]", OLD);
        door.change(edit -> edit.putCopy(copy(OLD, false)));
        assertSpread("partly [DISK] [here] [KINDS, SITE]", OLD);
        assertSpread("single [DISK] [here] [COPIES, KINDS, SITE]", NEW);
        door.change(edit -> edit.putCopy(copy(OLD, true)));
        assertSpread("single [DISK] [here] [COPIES, KINDS, SITE]", OLD);
        door.change(edit -> DamagedSnapshots.remember(edit, new PoolName("main"), List.of(OLD.id())));
        assertSpread("lost [] [] [COPIES, KINDS, SITE]", OLD);
    }

    @Test
    void whatTheDriverSaysOfItsMediumCounts() throws Exception {
        door.change(edit -> edit.putCopy(copy(OLD, false)));
        door.change(edit -> edit.putSetting("terms." + Rows.pool("far").node() + "/other", "CLOUD 200 25000000 90000 400"));
        assertSpread("safe [DISK, CLOUD] [cloud, here] []", OLD);
        sites.set(Kind.POOL, "far", new SiteName("here"));
        assertSpread("partly [DISK, CLOUD] [here] [SITE]", OLD);
        sites.set(Kind.CLIENT, "web", new SiteName("branch"));
        assertSpread("safe [DISK, CLOUD] [here] []", OLD);
    }

    @Test
    void aPoolOfCartridgesIsOnTapeAlsoIfItsNodeIsTooOldToSay() throws Exception {
        door.change(edit -> {
            edit.putCopy(copy(OLD, false));
            edit.putVolume(new Volume(new VolumeId(1, 1), new PoolName("far"), "far-1", "A00001L8", Volume.State.APPENDABLE, "slot 1", 0, -1));
        });
        assertSpread("partly [DISK, TAPE] [here] [SITE]", OLD);
    }

    @Test
    void aSetThatWasCarriedElsewhereIsThere() throws Exception {
        door.change(edit -> {
            edit.putPool(Rows.pool("main.set2"));
            edit.putMediaSet(MediaSet.of(new PoolName("main"), 2));
            edit.putSnapshot(Rows.snapshot(3, "main.set2", "web", "etc"));
        });
        sites.set(Kind.POOL, "main.set2", new SiteName("vault"));
        assertSpread("single [DISK] [vault] [COPIES, KINDS]", Rows.snapshot(3, "main.set2", "web", "etc"));
        assertSpread("single [DISK] [here] [COPIES, KINDS, SITE]", OLD);
        sites.set(Kind.POOL, "main", new SiteName("attic"));
        sites.set(Kind.POOL, "main.set2", null);
        assertSpread("single [DISK] [attic] [COPIES, KINDS]", Rows.snapshot(3, "main.set2", "web", "etc"));
    }

    @Test
    void whatNobodySaysIsWhereTheServerIs() throws Exception {
        sites.set(Kind.NODE, "srv", new SiteName("osaka"));
        assertTrue(sites.list().stream().allMatch(one -> one.site().value().equals("osaka")), sites.list()::toString);
        String node = Rows.pool("far").node().value();
        sites.set(Kind.NODE, node, new SiteName("tokyo"));
        assertEquals(Set.of("node srv osaka", "node " + node + " tokyo", "client web osaka", "pool far tokyo", "pool main tokyo"),
                sites.list().stream().map(one -> one.kind().word() + " " + one.name() + " " + one.site()).collect(Collectors.toSet()));
        assertRefused("node.unknown", () -> sites.set(Kind.NODE, "nobody", new SiteName("osaka")));
        assertRefused("client.unknown", () -> sites.set(Kind.CLIENT, "nobody", null));
        assertRefused("pool.unknown", () -> sites.set(Kind.POOL, "no pool", null));
    }

    @Test
    void theNewestOfEachSaveSetIsKeptForAMinuteOrUntilAJobHasEnded() throws Exception {
        assertEquals(List.of("web/etc " + NEW.id() + " SINGLE"), newest());
        door.change(edit -> edit.putCopy(copy(NEW, false)));
        assertEquals(List.of("web/etc " + NEW.id() + " SINGLE"), newest());
        keeper.changed();
        assertEquals(List.of("web/etc " + NEW.id() + " PARTLY"), newest());
        door.change(edit -> edit.deleteSnapshot(NEW.id(), Rows.TIME));
        clock += 60_000_000_000L;
        assertEquals(List.of("web/etc " + OLD.id() + " SINGLE"), newest());
    }

    private List<String> newest() throws BackupException {
        return keeper.newest().stream().map((Newest one) -> one.saveSet() + " " + one.snapshot() + " " + one.spread().state()).toList();
    }
}
