package org.azekura.server.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.Alert;
import org.azekura.api.device.Traffic;
import org.azekura.api.message.DeviceAnswer.MonthFound;
import org.azekura.api.server.Budget;
import org.azekura.api.server.MonthlyUse;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.host.Hosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTest {

    private static final NodeName NODE = new NodeName("n1");
    private static final DeviceName CLOUD = new DeviceName("cloud");
    private static final DeviceName SAME_BUCKET = new DeviceName("cloud2");
    private static final long GIB = 1L << 30;

    @TempDir
    Path dir;
    private CatalogDoor door;
    private Instant now = Instant.parse("2026-11-30T23:59:59Z");
    private final List<String> spent = new ArrayList<>();
    private BudgetKeeper keeper;

    @BeforeEach
    void open() {
        door = new CatalogDoor(dir);
        keeper = keeper();
    }

    private BudgetKeeper keeper() {
        return new BudgetKeeper(door.catalog(), new Hosts(), () -> now, all -> {
            spent.clear();
            all.forEach(use -> spent.add(use.device().value()));
        });
    }

    @AfterEach
    void close() {
        keeper.close();
        door.close();
    }

    private static MonthFound found(DeviceName device, String ledger, String month, long in, long out, long writes, long reads) {
        return new MonthFound(device, ledger, month, in, out, writes, reads, 9, 90_000, 400, 5_000);
    }

    private void note(MonthFound... months) throws Exception {
        keeper.note(NODE, List.of(months));
    }

    private void bound(DeviceName device, Budget budget) throws Exception {
        door.change(edit -> UseBook.put(edit, NODE, device, budget));
    }

    private MonthlyUse use() throws Exception {
        return keeper.uses().stream().filter(use -> use.device().equals(CLOUD)).findFirst().orElseThrow();
    }

    private List<String> alerts() throws Exception {
        return door.catalog().read(view -> BudgetAlerts.of(view, now)).stream().map(Alert::code).toList();
    }

    @Test
    void moneyIsWhatLeavesWhatIsAskedAndWhatIsThawed() throws Exception {
        note(found(CLOUD, "l", "2026-11", 5 * GIB, 10 * GIB, 2_000, 50_000));
        assertEquals(900_000 + 10_000 + 20_000, use().micros());
        door.change(edit -> UseBook.thawed(edit, NODE, CLOUD, now, 70_000));
        door.change(edit -> UseBook.thawed(edit, NODE, CLOUD, now, -1));
        assertEquals(1_000_000, use().micros());
        assertEquals(70_000, use().thaws());
        bound(CLOUD, new Budget(Budget.OPEN, Budget.OPEN, 1_250_000));
        assertEquals(80, use().percent());
        assertEquals("money: 1.00 of 1.25", use().words(80));
    }

    @Test
    void anAlertComesAtEightyPercentAndAnotherAtTheEnd() throws Exception {
        bound(CLOUD, new Budget(1_000, 100, Budget.OPEN));
        note(found(CLOUD, "l", "2026-11", 400, 399, 10, 0));
        assertEquals(List.of(), alerts());
        note(found(CLOUD, "l", "2026-11", 400, 400, 10, 0));
        assertEquals(List.of("device.budget.near"), alerts());
        note(found(CLOUD, "l", "2026-11", 400, 400, 60, 40));
        assertEquals(List.of("device.budget.near", "device.budget.spent"), alerts());
        assertEquals("requests: 100 of 100", use().words(100));
    }

    @Test
    void theNextMonthAndARaiseFreeIt() throws Exception {
        bound(CLOUD, new Budget(Budget.OPEN, 100, Budget.OPEN));
        note(found(CLOUD, "l", "2026-11", 0, 0, 100, 0));
        keeper.round();
        assertEquals(List.of("cloud"), spent);
        assertEquals(Instant.parse("2026-12-01T00:00:00Z"), use().until());
        bound(CLOUD, new Budget(Budget.OPEN, 101, Budget.OPEN));
        keeper.round();
        assertEquals(List.of(), spent);
        bound(CLOUD, new Budget(Budget.OPEN, 100, Budget.OPEN));
        keeper.round();
        assertEquals(List.of("cloud"), spent);
        now = now.plusSeconds(1);
        keeper.round();
        assertEquals(List.of(), spent);
        assertEquals(0, use().percent());
    }

    @Test
    void whatCameBeforeANodeLostItsFilesStaysInTheMonth() throws Exception {
        note(found(CLOUD, "first", "2026-11", 10, 20, 3, 4));
        note(found(CLOUD, "second", "2026-11", 1, 0, 1, 0));
        note(found(CLOUD, "second", "2026-11", 2, 0, 1, 0));
        assertEquals(32, use().carried().bytes());
        assertEquals(8, use().carried().requests());
    }

    @Test
    void whatANodeSaysTwiceIsCountedOnceAndWritesNothing() throws Exception {
        note(found(CLOUD, "l", "2026-11", 10, 20, 3, 4));
        Map<String, String> before = door.catalog().read(view -> view.settings(""));
        note(found(CLOUD, "l", "2026-11", 10, 20, 3, 4));
        assertEquals(before, door.catalog().read(view -> view.settings("")));
    }

    @Test
    void whatMakesNoSenseIsLeftAndHoldsUpNoOtherDeviceOrNode() throws Exception {
        bound(CLOUD, new Budget(100, Budget.OPEN, Budget.OPEN));
        List<MonthFound> said = new ArrayList<>();
        said.add(found(SAME_BUCKET, "l", "November", 1, 0, 0, 0));
        said.add(found(SAME_BUCKET, "two words", "2026-11", 1, 0, 0, 0));
        said.add(found(SAME_BUCKET, "l", "2026-11", -1, 0, 0, 0));
        said.add(found(SAME_BUCKET, "l", "2026-11", 0, Long.MAX_VALUE, 0, 0));
        said.add(found(CLOUD, "l", "2026-11", 100, 0, 1, 0));
        keeper.look(NODE, () -> said);
        keeper.look(new NodeName("n2"), () -> {
            throw new IllegalStateException("an answer that nobody expects");
        });
        keeper.round();
        assertEquals(List.of("cloud"), spent);
        assertEquals(List.of(CLOUD), keeper.uses().stream().map(MonthlyUse::device).toList());
    }

    @Test
    void twoDevicesOfOneBucketHaveEachItsOwnBudget() throws Exception {
        bound(CLOUD, new Budget(100, Budget.OPEN, Budget.OPEN));
        bound(SAME_BUCKET, new Budget(100, Budget.OPEN, Budget.OPEN));
        note(found(CLOUD, "a", "2026-11", 100, 0, 1, 0), found(SAME_BUCKET, "b", "2026-11", 99, 0, 1, 0));
        keeper.round();
        assertEquals(List.of("cloud"), spent);
    }

    @Test
    void anotherServerOfTheCatalogSeesTheSameAtItsFirstLook() throws Exception {
        bound(CLOUD, new Budget(100, Budget.OPEN, Budget.OPEN));
        note(found(CLOUD, "a", "2026-11", 100, 0, 1, 0));
        try (BudgetKeeper second = keeper()) {
            second.round();
            assertEquals(List.of("cloud"), spent);
        }
    }

    @Test
    void oldMonthsAndDevicesThatWentAreForgotten() throws Exception {
        bound(CLOUD, new Budget(100, Budget.OPEN, Budget.OPEN));
        note(found(CLOUD, "a", "2025-10", 1, 0, 0, 0), found(CLOUD, "a", "2025-11", 1, 0, 0, 0), found(CLOUD, "a", "2026-11", 1, 0, 0, 0));
        assertEquals(2, door.catalog().read(view -> view.settings("use/")).size());
        keeper.forget(NODE, CLOUD);
        assertEquals(List.of(), keeper.uses());
        assertEquals(Map.of(), door.catalog().read(view -> view.settings("budget/")));
    }

    @Test
    void whatSomebodyBringsIsABudgetOrIsLeft() {
        assertTrue(UseBook.isBudget("budget/n1/cloud", "-1 100 20000000"));
        assertFalse(UseBook.isBudget("budget/n1/cloud", "-1 100"));
        assertFalse(UseBook.isBudget("budget/n1/cloud", "x 1 1"));
        assertFalse(UseBook.isBudget("appliance.id", "1 1 1"));
    }

    @Test
    void aBudgetOfNothingIsUsedUpAndOneIsTighterOrDearer() {
        MonthlyUse use = new MonthlyUse(CLOUD, NODE, UseBook.month(now), Traffic.NONE, 0, 0, new Budget(0, Budget.OPEN, Budget.OPEN));
        assertTrue(use.isSpent());
        Budget some = new Budget(10, Budget.OPEN, 10);
        assertTrue(some.isTighterThan(Budget.NONE));
        assertTrue(Budget.NONE.costsMoreThan(some));
        assertFalse(some.isTighterThan(some));
        assertFalse(new Budget(20, Budget.OPEN, 10).costsMoreThan(some));
    }
}
