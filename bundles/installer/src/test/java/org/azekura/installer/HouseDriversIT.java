package org.azekura.installer;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.Outcome;
import org.azekura.installer.Admission.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher has started and every process needs, its transports and its catalog store, gives way to newer versions as other drivers do. */
@Timeout(300)
class HouseDriversIT {

    private static final String TRANSPORT = "transport-test";
    private static final String CATALOG = "catalog-test";

    private final CountDownLatch latch = new CountDownLatch(1);
    @TempDir Path dir;
    private InstallerBench bench;

    @AfterEach
    void end() {
        latch.countDown();
        bench.close();
        System.getProperties().remove(TestActivator.LATCH);
    }

    /** As a process begins whose distribution has this. */
    private void begin(String name, String version, String mode, Kind kind) throws Exception {
        System.getProperties().put(TestActivator.LATCH, latch);
        if (bench != null) {
            bench.close();
        }
        Path jar = TestPackage.shipped(Files.createDirectories(dir.resolve("distribution")), name, version, mode, kind);
        bench = new InstallerBench(dir, step -> {}, InstallerBench.START, List.of(), List.of(jar));
    }

    private void assertRuns(String version, String publisher) {
        assertEquals(List.of(version), bench.versions());
        InstalledDriver only = bench.only();
        assertEquals(List.of(version, publisher, InstalledDriver.State.ACTIVE), List.of(only.version(), only.publisher(), only.state()));
    }

    private Outcome update(String name, String version, String mode, Kind kind) throws Exception {
        return bench.drivers.update(bench.make(name, version, mode, kind), InstallerBench.TRUST);
    }

    private void assertNothingKept(String name) throws Exception {
        try (Stream<Path> left = Files.list(dir.resolve("drivers"))) {
            assertTrue(left.noneMatch(file -> file.getFileName().toString().equals(name)), "something of it is in the home");
        }
    }

    @Test
    void aTransportGivesWayToANewerOneUntilTheDistributionHasOneThatIsNoOlder() throws Exception {
        begin(TRANSPORT, "1.0.0", "good", Kind.TRANSPORT);
        assertRuns("1.0.0", "the distribution");
        assertInstanceOf(Outcome.Done.class, update(TRANSPORT, "1.1.0", "good", Kind.TRANSPORT));
        assertRuns("1.1.0", "Tests");
        assertEquals(List.of("pause: transports", "prove [1.1.0]", "resume [1.1.0]"), bench.asked);
        begin(TRANSPORT, "1.0.0", "good", Kind.TRANSPORT);
        assertRuns("1.1.0", "Tests");
        assertInstanceOf(Outcome.Done.class, update(TRANSPORT, "1.2.0", "good", Kind.TRANSPORT));
        begin(TRANSPORT, "1.2.0", "good", Kind.TRANSPORT);
        assertRuns("1.2.0", "the distribution");
        assertNothingKept(TRANSPORT);
    }

    @Test
    void aTransportThatIsNotProvenIsBackedOutAndLeavesNothing() throws Exception {
        begin(TRANSPORT, "1.0.0", "good", Kind.TRANSPORT);
        for (String mode : List.of("broken", "throws")) {
            assertInstanceOf(Outcome.BackedOut.class, update(TRANSPORT, "1.1.0", mode, Kind.TRANSPORT), mode);
            assertRuns("1.0.0", "the distribution");
            assertNothingKept(TRANSPORT);
        }
        assertEquals(List.of(), bench.bundles());
    }

    @Test
    void oneThatHangsInItsStopIsLeftBehindAndAFreshCopyOfItRunsIfTheNextWillNotDo() throws Exception {
        begin(TRANSPORT, "1.0.0", "clings", Kind.TRANSPORT);
        assertInstanceOf(Outcome.BackedOut.class, update(TRANSPORT, "1.1.0", "broken", Kind.TRANSPORT));
        assertRuns("1.0.0", "the distribution");
        assertTrue(bench.only().problem().contains("driver " + TRANSPORT + " 1.0.0 stops"), bench.only().problem());
        assertEquals(1, bench.bundles().size());
    }

    @Test
    void theDistributionsRunsAgainIfANewerOneDoesNotStartWithTheProcess() throws Exception {
        begin(TRANSPORT, "1.0.0", "good", Kind.TRANSPORT);
        update(TRANSPORT, "1.1.0", "good", Kind.TRANSPORT);
        try (Stream<Path> all = Files.walk(dir.resolve("drivers"))) {
            Files.write(all.filter(file -> file.endsWith("bundles/a.jar")).findFirst().orElseThrow(), new byte[9]);
        }
        begin(TRANSPORT, "1.0.0", "good", Kind.TRANSPORT);
        assertRuns("1.0.0", "the distribution");
        assertTrue(bench.only().problem().contains("1.1.0"), bench.only().problem());
        begin(TRANSPORT, "1.0.0", "good", Kind.TRANSPORT);
        assertEquals("", bench.only().problem());
    }

    @Test
    void aCatalogStoreGivesWayOnlyWhileNoJobIsThere() throws Exception {
        begin(CATALOG, "1.0.0", "good", Kind.CATALOG);
        bench.job = "backup 7";
        BackupException e = assertRefused("catalog.locked", () -> update(CATALOG, "1.1.0", "good", Kind.CATALOG));
        assertTrue(e.getMessage().contains("backup 7"), e.getMessage());
        assertRuns("1.0.0", "the distribution");
        assertNothingKept(CATALOG);
        assertEquals(List.of(), bench.asked);
        bench.job = null;
        assertInstanceOf(Outcome.BackedOut.class, update(CATALOG, "1.1.0", "broken", Kind.CATALOG));
        assertRuns("1.0.0", "the distribution");
        assertInstanceOf(Outcome.Done.class, update(CATALOG, "1.2.0", "good", Kind.CATALOG));
        assertRuns("1.2.0", "Tests");
    }

    @Test
    void whatTheApplianceNeedsStaysAndNoOtherStoreComesBesideTheCatalogs() throws Exception {
        begin(CATALOG, "1.0.0", "good", Kind.CATALOG);
        assertRefused("driver.used", () -> bench.drivers.remove(CATALOG));
        Path other = bench.make("catalog-other", "1.0.0", "good", Kind.CATALOG);
        assertRefused("package.refused", () -> bench.drivers.install(other, InstallerBench.TRUST));
        assertRefused("package.refused", () -> update(CATALOG, "1.1.0", "good", Kind.TRANSPORT));
        assertRefused("driver.installed", () -> bench.drivers.install(bench.make(CATALOG, "1.1.0", "good", Kind.CATALOG), InstallerBench.TRUST));
        assertRuns("1.0.0", "the distribution");
        begin(TRANSPORT, "1.0.0", "good", Kind.TRANSPORT);
        assertRefused("driver.used", () -> bench.drivers.remove(TRANSPORT));
        Path third = bench.make("transport-third", "1.0.0", "good", Kind.TRANSPORT);
        bench.drivers.install(third, InstallerBench.TRUST);
        bench.drivers.remove("transport-third");
        assertRuns("1.0.0", "the distribution");
    }
}
