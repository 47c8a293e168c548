package org.azekura.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Traffic;
import org.azekura.api.server.Budget;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.MonthlyUse;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.job.run.Obstacle;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetHoldTest {

    private static final JobId JOB = new JobId(3);
    private static final Pool CLOUD = pool("cloud");
    private static final Pool DISK = pool("disk");
    private static final Checked COPY = new Checked.Copy(new JobOrder.Copy(CLOUD.name(), DISK.name(), null), DISK, CLOUD, null);
    private static final SaveSetId ETC = new SaveSetId(new ClientName("web"), new SaveSetName("etc"));
    private static final PolicyName PLAN = new PolicyName("monthly");

    @TempDir
    Path dir;
    private CatalogDoor door;
    private BudgetHold hold;

    /** On a device of its own. */
    private static Pool pool(String name) {
        return new Pool(new PoolName(name), new NodeName("n1"), new DeviceName(name), "disk", ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT, new byte[0], Instant.EPOCH, null);
    }

    @BeforeEach
    void open() {
        door = new CatalogDoor(dir);
        hold = new BudgetHold(door.catalog());
    }

    @AfterEach
    void close() {
        door.close();
    }

    private void spent(long requests) {
        hold.tells(List.of(new MonthlyUse(CLOUD.device(), CLOUD.node(), YearMonth.of(2026, 11), new Traffic(0, 0, requests, 0, 0), 0, 0, new Budget(Budget.OPEN, 10, Budget.OPEN))));
    }

    private String why(Checked checked) {
        return hold.why(JOB, checked);
    }

    @Test
    void holdsCopiesFromAndToTheDeviceAndHealsOfIt() {
        assertNull(why(COPY));
        spent(10);
        assertNotNull(why(COPY));
        assertNotNull(why(new Checked.Copy(new JobOrder.Copy(DISK.name(), CLOUD.name(), null), CLOUD, DISK, null)));
        assertNull(why(new Checked.Copy(new JobOrder.Copy(DISK.name(), DISK.name(), null), DISK, DISK, null)));
        assertNotNull(why(new Checked.Heal(new JobOrder.Heal(CLOUD.name(), List.of(PackId.parse("00112233445566778899aabbccddeeff"))), CLOUD, CLOUD.name())));
        hold.tells(List.of());
        assertNull(why(COPY));
    }

    @Test
    void whatSomebodyWaitsForAndBackupsGoOn() {
        spent(10);
        assertNull(why(new Checked.Restore(null, null, null, null, CLOUD)));
        assertNull(why(new Checked.Backup(null, null, null)));
        assertNull(why(new Checked.Prune(null, List.of(CLOUD))));
        assertNull(why(new Checked.Verify(null, List.of(CLOUD), null, CLOUD.name())));
        assertNull(why(new Checked.Mount(null, null, null, null, CLOUD)));
        assertNull(why(drill()), "a person ordered it");
    }

    private static Checked drill() {
        return new Checked.Drill(new JobOrder.Drill(null, null, null, null, null, false), null, null, null, CLOUD);
    }

    @Test
    void aDrillOfAPlanWaits() throws Exception {
        door.change(edit -> {
            edit.putClient(Rows.client("web"));
            edit.putSaveSet(new KeptSaveSet(ETC.client(), null, new SaveSet(ETC.name(), List.of(RawPath.of("/srv")), List.of(), false), Hooks.NONE));
            edit.putDrillPlan(new DrillPlan(PLAN, List.of(ETC), List.of(), DrillPlan.WHOLE, 0, null, Timing.BY_HAND));
            edit.putDrillRun(new PolicyRun(PLAN, 1, false, Instant.EPOCH, null, PolicyRun.Outcome.RUNNING, null, List.of(PolicyRun.Part.waiting(ETC).begun(JOB))));
        });
        spent(10);
        assertNotNull(why(drill()));
        assertNull(hold.why(new JobId(4), drill()));
    }

    @Test
    void itsWordsStayTheSameWhileFiguresGrowAndNameTheWayOut() {
        spent(10);
        String why = why(COPY);
        spent(11);
        assertEquals(why, why(COPY));
        assertEquals("device " + CLOUD.device() + " of storage node " + CLOUD.node()
                + " has used up its budget for 2026-11; it goes on by itself at 2026-12-01T00:00:00Z, or when there is more: azekura device budget " + CLOUD.device() + " --bytes|--requests|--money MORE", why);
        assertEquals(Obstacle.BUDGET, hold.exception(why).failure().code());
    }
}
