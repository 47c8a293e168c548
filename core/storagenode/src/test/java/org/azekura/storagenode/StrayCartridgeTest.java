package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.device.Element;
import org.azekura.api.server.JobOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a verify and a copy do with a pool of whose two cartridges one is away, is another one under the same barcode, or has a label that can't be read: what lies on the
 * other is read, the one is named, and nothing is said to be damaged, or done, that is not.
 */
@Timeout(300)
class StrayCartridgeTest {

    private static final PoolName TAPE = HandledSite.TAPE;
    private static final PoolName DISK = new PoolName("default");

    @TempDir
    Path dir;

    private HandledSite site;
    private Path first;
    private Path last;
    private SnapshotId onFirst;
    private SnapshotId onLast;
    private String barcode;
    private String blank;

    @BeforeEach
    void begin() throws Exception {
        site = new HandledSite(dir);
        first = site.random("first", 5_000_000);
        onFirst = site.backup(first);
        last = site.random("last", 5_000_000);
        onLast = site.backup(last);
        barcode = site.barcode(TAPE, 1);
        assertFalse(barcode.equals(site.barcode(TAPE, 2)));
        blank = site.free();
        site.shelveAll();
    }

    @AfterEach
    void end() {
        site.close();
    }

    private Job copied() throws Exception {
        return site.appliance.run(new JobOrder.Copy(DISK, TAPE, null));
    }

    /** All is as if nothing had been. */
    private void assertWhole() throws Exception {
        site.assertEnded(Job.State.DONE, site.verify());
        site.restored(onFirst, first);
        site.restored(onLast, last);
    }

    private void assertRestNamed(Job verified, String why) throws Exception {
        site.assertEnded(Job.State.WARNED, verified);
        String log = site.log(verified);
        assertTrue(log.contains(barcode) && log.contains(why), log);
        assertTrue(log.contains("packs read, 0 damaged") && !log.contains(" 0 packs read"), log);
    }

    private void assertCopyWaitsAndEnds(String why, Hand back) throws Exception {
        Job parked = copied();
        site.assertEnded(Job.State.PARKED, parked);
        assertTrue(parked.error().contains(barcode) && parked.error().contains(why), parked::error);
        assertEquals(List.of(), site.appliance.server.snapshots().copies(onFirst), "nothing is said to be copied that is not");
        back.acts();
        site.assertEnded(Job.State.DONE, site.appliance.awaitEnd(parked.id()));
        assertEquals(1, site.appliance.server.snapshots().copies(onFirst).size());
        assertEquals(1, site.appliance.server.snapshots().copies(onLast).size());
    }

    /** What is done to the library. */
    private interface Hand {
        void acts() throws Exception;
    }

    @Test
    void oneThatIsAway() throws Exception {
        site.move(barcode, Element.Kind.MAIL_SLOT);
        assertRestNamed(site.verify(), "mail slot");
        site.shelveAll();
        assertCopyWaitsAndEnds("mail slot", () -> site.move(barcode, Element.Kind.SLOT));
        assertWhole();
    }

    @Test
    void anotherOneInItsPlace() throws Exception {
        site.confuse(barcode, blank);
        assertRestNamed(site.verify(), "expected the label of volume \"tape-1\"");
        site.shelveAll();
        assertCopyWaitsAndEnds("expected", this::putRight);
        assertWhole();
    }

    private void putRight() throws Exception {
        site.shelveAll();
        site.confuse(barcode, blank);
        site.appliance.run(new JobOrder.Inventory(HandledSite.LIBRARY, null, false));
    }

    @Test
    void oneWhoseLabelCanNotBeRead() throws Exception {
        site.unreadable(barcode, 0);
        assertRestNamed(site.verify(), "expected the label of volume \"tape-1\"");
        site.shelveAll();
        assertCopyWaitsAndEnds("expected", () -> {
            site.unreadable(barcode);
            site.appliance.run(new JobOrder.Inventory(HandledSite.LIBRARY, null, false));
        });
        assertWhole();
    }
}
