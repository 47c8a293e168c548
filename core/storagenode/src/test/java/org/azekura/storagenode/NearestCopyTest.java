package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.device.Element;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Snapshots;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What lies in several places is read where it is soonest had, and never asked for where it is away as long as it is there elsewhere. */
@Timeout(300)
class NearestCopyTest {

    private static final PoolName TAPE = HandledSite.TAPE;
    private static final PoolName SAFE = new PoolName("safe");
    private static final PoolName DISK = new PoolName("default");

    @TempDir
    Path dir;

    private HandledSite site;
    private Path source;
    private SnapshotId snapshot;

    @BeforeEach
    void begin() throws Exception {
        site = new HandledSite(dir);
        source = site.random("source", 300_000);
        snapshot = site.backup(source);
    }

    @AfterEach
    void end() {
        site.close();
    }

    private void copyTo(PoolName pool) throws Exception {
        site.assertEnded(Job.State.DONE, site.appliance.run(new JobOrder.Copy(pool, TAPE, snapshot)));
        site.shelveAll();
    }

    private List<String> restored() throws Exception {
        return site.restored(snapshot, source);
    }

    private List<PoolName> where() throws Exception {
        return site.appliance.server.snapshots().where(snapshot, List.of()).stream().map(Snapshots.Lying::pool).toList();
    }

    @Test
    void aCopyOnADiskIsReadAndNoCartridgeIsBrought() throws Exception {
        copyTo(DISK);
        assertEquals(List.of(), restored());
        assertEquals(List.of(DISK), where());
    }

    @Test
    void aCopyOnOtherCartridgesIsReadOnlyWhereItsOwnIsAway() throws Exception {
        site.pool(SAFE);
        copyTo(SAFE);
        assertEquals(List.of(site.barcode(TAPE, 1)), restored());
        site.shelveAll();
        site.move(site.barcode(TAPE, 1), Element.Kind.MAIL_SLOT);
        assertEquals(List.of(site.barcode(SAFE, 1)), restored());
        assertEquals(List.of(SAFE), where());
    }

    @Test
    void aCopyOnACartridgeInADriveIsReadBeforeItsOwnOnTheShelf() throws Exception {
        site.pool(SAFE);
        copyTo(SAFE);
        site.load(site.barcode(SAFE, 1));
        assertEquals(List.of(), restored());
        List<Snapshots.Lying> lying = site.appliance.server.snapshots().where(snapshot, List.of());
        assertEquals(List.of(SAFE), lying.stream().map(Snapshots.Lying::pool).toList());
        assertEquals(new Snapshots.Taking(30, 0, "about 30 s; pool " + TAPE + ": about 90 s"), lying.getFirst().taking());
    }

    @Test
    void whereNoCopyIsThereEachIsNamedAndOneOfThemWillDo() throws Exception {
        site.pool(SAFE);
        copyTo(SAFE);
        site.move(site.barcode(TAPE, 1), Element.Kind.MAIL_SLOT);
        site.move(site.barcode(SAFE, 1), Element.Kind.MAIL_SLOT);
        Path target = site.target();
        Job parked = site.restore(snapshot, target);
        site.assertEnded(Job.State.PARKED, parked);
        assertTrue(parked.error().contains("cartridge " + site.barcode(TAPE, 1)) && parked.error().contains("cartridge " + site.barcode(SAFE, 1)), parked::error);
        site.move(site.barcode(SAFE, 1), Element.Kind.SLOT);
        site.assertEnded(Job.State.DONE, site.appliance.awaitEnd(parked.id()));
        site.assertSame(source, target);
    }

    @Test
    void aChunkOnTwoCartridgesOfOnePoolIsReadFromTheOneThatIsThereAndFromADriveBeforeAShelf() throws Exception {
        twice();
        String one = site.barcode(TAPE, 1);
        String other = site.barcode(TAPE, 2);
        for (String away : List.of(one, other)) {
            site.shelveAll();
            site.move(away, Element.Kind.MAIL_SLOT);
            assertEquals(List.of(away.equals(one) ? other : one), restored());
            site.shelveAll();
            site.move(away, Element.Kind.SLOT);
        }
        for (String loaded : List.of(one, other)) {
            site.shelveAll();
            site.load(loaded);
            assertEquals(List.of(), restored());
        }
    }

    /** What is saved lies on the first cartridge, and, because it could not be read there for a while, on the second. */
    private void twice() throws Exception {
        for (int i = 0; i < 3; i++) {
            site.backup(site.random("more" + i, 3_000_000));
        }
        site.unreadable(site.barcode(TAPE, 1), IntStream.range(4, 12).toArray());
        site.assertEnded(Job.State.FAILED, site.verify());
        site.backup(source);
        site.unreadable(site.barcode(TAPE, 1));
        site.verify();
        site.assertEnded(Job.State.DONE, site.verify());
    }
}
