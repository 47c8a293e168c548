package org.azekura.installer;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Drivers come, change and go in a real framework. */
@Timeout(300)
class InstallerIT {

    private final CountDownLatch latch = new CountDownLatch(1);
    @TempDir Path dir;
    private InstallerBench bench;

    @BeforeEach
    void begin() throws Exception {
        System.getProperties().put(TestActivator.LATCH, latch);
        bench = new InstallerBench(dir);
    }

    @AfterEach
    void end() {
        latch.countDown();
        bench.close();
        System.getProperties().remove(TestActivator.LATCH);
    }

    /** As after the process has ended and begins again. */
    private void restart(Path... builtIn) throws Exception {
        bench.close();
        bench = new InstallerBench(dir, step -> {}, InstallerBench.START, List.of(builtIn));
    }

    private void assertRuns(String version) {
        assertEquals(List.of(version), bench.versions());
        assertEquals(version, bench.only().version());
        assertEquals(InstalledDriver.State.ACTIVE, bench.only().state());
    }

    @Test
    void runsWhatIsInstalledAlsoAfterARestart() throws Exception {
        assertEquals("Tests", bench.install("1.0.0", "good").publisher());
        assertRuns("1.0.0");
        assertRefused("driver.installed", () -> bench.drivers.install(bench.make("1.1.0", "good"), InstallerBench.TRUST));
        restart();
        assertRuns("1.0.0");
    }

    @Test
    void aDriverThatDoesNotStartIsNotInstalled() throws Exception {
        BackupException e = assertRefused("driver.failed", () -> bench.drivers.install(bench.make("1.0.0", "throws"), InstallerBench.TRUST));
        assertTrue(e.getMessage().contains("the far side is away"), e.getMessage());
        assertEquals(List.of(), bench.drivers.list());
        assertEquals(List.of(), bench.bundles());
        assertTrue(Files.notExists(dir.resolve("drivers/test")));
    }

    @Test
    void anUpdateTakesOverWhileJobsWait() throws Exception {
        bench.install("1.0.0", "good");
        assertInstanceOf(Outcome.Done.class, bench.update("1.1.0", "good"));
        assertRuns("1.1.0");
        assertEquals(List.of("pause: driver test is updated from 1.0.0 to 1.1.0", "prove [1.1.0]", "resume [1.1.0]"), bench.asked);
        assertEquals(1, bench.bundles().size(), "the old version stays in memory");
        restart();
        assertRuns("1.1.0");
    }

    @Test
    void whatFailsItsSelfTestIsBackedOut() throws Exception {
        bench.install("1.0.0", "good");
        Outcome.BackedOut out = assertInstanceOf(Outcome.BackedOut.class, bench.update("1.1.0", "broken"));
        assertTrue(out.why().contains("does not work"), out.why());
        assertRuns("1.0.0");
        assertEquals(List.of("pause: driver test is updated from 1.0.0 to 1.1.0", "prove [1.1.0]", "prove [1.0.0]", "resume [1.0.0]"), bench.asked);
        assertEquals(1, bench.bundles().size(), "the new version stays in memory");
        restart();
        assertRuns("1.0.0");
    }

    @Test
    void whatThrowsInItsStartIsBackedOut() throws Exception {
        bench.install("1.0.0", "good");
        Outcome.BackedOut out = assertInstanceOf(Outcome.BackedOut.class, bench.update("1.1.0", "throws"));
        assertTrue(out.why().contains("the far side is away"), out.why());
        assertRuns("1.0.0");
    }

    @Test
    void whatHangsInItsStartIsBackedOutAndLeavesNothing() throws Exception {
        bench.install("1.0.0", "good");
        Outcome.BackedOut out = assertInstanceOf(Outcome.BackedOut.class, bench.update("1.1.0", "hangs"));
        assertTrue(out.why().contains("starts, and had not ended after 5.0 s"), out.why());
        assertRuns("1.0.0");
        assertEquals("", bench.only().problem());
        assertEquals(1, bench.bundles().size());
        assertInstanceOf(Outcome.Done.class, bench.update("1.2.0", "good"));
    }

    @Test
    void whatHearsNoInterruptIsNamedUntilItEnds() throws Exception {
        bench.install("1.0.0", "good");
        assertInstanceOf(Outcome.BackedOut.class, bench.update("1.1.0", "deaf"));
        assertRuns("1.0.0");
        assertTrue(bench.only().problem().contains("the thread \"driver test 1.1.0 starts\" hangs in org.azekura.installer.TestActivator.hang"),
                bench.only().problem());
        assertInstanceOf(Outcome.Done.class, bench.update("1.2.0", "good"));
        assertRuns("1.2.0");
        Thread stuck = Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("driver test 1.1.0 starts")).findFirst().orElseThrow();
        latch.countDown();
        assertTrue(stuck.join(Duration.ofSeconds(60)), "it cleans up behind itself, and ends");
        assertEquals("", bench.only().problem());
        assertRuns("1.2.0");
        assertEquals(1, bench.bundles().size());
    }

    @Test
    void anOldVersionThatHangsInItsStopIsLeftBehind() throws Exception {
        bench.install("1.0.0", "clings");
        assertInstanceOf(Outcome.Done.class, bench.update("1.1.0", "good"));
        assertRuns("1.1.0");
        assertTrue(bench.only().problem().contains("driver test 1.0.0 stops"), bench.only().problem());
    }

    @Test
    void anOldVersionThatHangsInItsStopRunsAnewIfTheNextWillNotDo() throws Exception {
        bench.install("1.0.0", "clings");
        assertInstanceOf(Outcome.BackedOut.class, bench.update("1.1.0", "broken"));
        assertRuns("1.0.0");
    }

    @Test
    void whatIsMissingIsNamedBeforeAnythingStops() throws Exception {
        bench.install("1.0.0", "good");
        Path lacking = bench.make("1.1.0", "good", "org.example.far;version=\"[2,3)\"");
        BackupException e = assertRefused("package.refused", () -> bench.drivers.update(lacking, InstallerBench.TRUST));
        assertTrue(e.getMessage().contains("org.example.far"), e.getMessage());
        assertEquals(List.of(), bench.asked);
        assertRuns("1.0.0");
        assertEquals(1, bench.bundles().size());
    }

    @Test
    void whatThrowsAgainAndAgainIsStartedAnewOnce() throws Exception {
        bench.install("1.0.0", "good");
        assertInstanceOf(Outcome.Done.class, bench.drivers.restart("test", "it threw"));
        assertRuns("1.0.0");
        assertEquals(1, bench.bundles().size());
        assertEquals(List.of("pause: driver test 1.0.0 is started anew, for it threw", "prove [1.0.0]", "resume [1.0.0]"), bench.asked);
        assertRefused("driver.restarted", () -> bench.drivers.restart("test", "it threw"));
        assertRuns("1.0.0");
    }

    @Test
    void onlyANewerVersionTakesTheOthersPlace() throws Exception {
        assertRefused("driver.unknown", () -> bench.update("1.0.0", "good"));
        bench.install("1.1.0", "good");
        assertRefused("package.refused", () -> bench.update("1.1.0", "good"));
        assertRefused("package.refused", () -> bench.update("1.0.9", "good"));
        assertRuns("1.1.0");
    }

    @Test
    void aCopyOfAnotherDriverThatKeptItsNameIsRefused() throws Exception {
        bench.install("1.0.0", "good");
        Path copy = TestPackage.make(dir, "copy", "7.0.0", "good", Admission.Kind.DEVICE, TestPackage.bundle("test", "7.0.0", "good", null));
        BackupException e = assertRefused("package.refused", () -> bench.drivers.install(copy, InstallerBench.TRUST));
        assertTrue(e.getMessage().contains("its bundle is called org.azekura.driver.test, as that of driver test is"), e.getMessage());
        assertRuns("1.0.0");
        assertEquals(1, bench.bundles().size());
        assertTrue(Files.notExists(dir.resolve("drivers/copy")));
    }

    @Test
    void aBundleThatCameAnotherWayDoesNotRun() throws Exception {
        Bundle bundle = bench.framework.getBundleContext().installBundle("file:smuggled",
                new ByteArrayInputStream(TestPackage.bundle("smuggled", "1.0.0", "good", null)));
        assertThrows(BundleException.class, bundle::start);
        assertEquals(List.of(), bench.versions());
    }

    @Test
    void onlyADriverWithoutDevicesIsRemoved() throws Exception {
        bench.install("1.0.0", "good");
        bench.devices.add(new DeviceName("d1"));
        BackupException e = assertRefused("driver.used", () -> bench.drivers.remove("test", false));
        assertTrue(e.getMessage().contains("d1"), e.getMessage());
        assertEquals(bench.devices, bench.only().devices());
        bench.devices.clear();
        bench.drivers.remove("test", false);
        assertEquals(List.of(), bench.versions());
        assertEquals(List.of(), bench.bundles());
        assertRefused("driver.unknown", () -> bench.drivers.remove("test", false));
        restart();
        assertEquals(List.of(), bench.drivers.list());
    }

    @Test
    void jobsOfOneThatIsRemovedAllTheSameWaitForItToComeAgain() throws Exception {
        bench.install("1.0.0", "good");
        bench.devices.add(new DeviceName("d1"));
        bench.drivers.remove("test", true);
        assertEquals(List.of("pause: driver test was removed", "resume []"), bench.asked);
        assertEquals(List.of(), bench.drivers.list());
        bench.install("1.1.0", "good");
        assertRuns("1.1.0");
        assertEquals(bench.devices, bench.only().devices());
    }

    @Test
    void theDistributionsDriverRunsUnlessANewerOneIsHere() throws Exception {
        restart(bench.make("1.0.0", "good"));
        assertRuns("1.0.0");
        bench.update("1.2.0", "good");
        restart(bench.make("1.1.0", "good"));
        assertRuns("1.2.0");
        restart(bench.make("1.3.0", "good"));
        assertRuns("1.3.0");
    }

    @Test
    void namesWhatAnotherEditionWouldNotServeButForWhatTheDistributionBrought() throws Exception {
        Path builtIn = bench.make("1.0.0", "good");
        restart(builtIn);
        assertEquals(List.of(), bench.drivers.unserved(Map.of()));
        bench.update("1.2.0", "good");
        assertEquals(List.of(new DriverInstaller.Unserved("test", "1.2.0", "org.osgi.framework")), bench.drivers.unserved(Map.of("org.azekura.api", "1.0.0")));
        assertEquals(List.of(), bench.drivers.unserved(Map.of("org.osgi.framework", "1.10.0")));
        restart(builtIn);
        assertEquals(1, bench.drivers.unserved(Map.of()).size());
    }

    @Test
    void aDistributionsDriverThatWasRemovedStaysAway() throws Exception {
        Path builtIn = bench.make("1.0.0", "good");
        restart(builtIn);
        bench.drivers.remove("test", false);
        restart(builtIn);
        assertEquals(List.of(), bench.drivers.list());
        bench.drivers.install(builtIn, InstallerBench.TRUST);
        assertRuns("1.0.0");
        restart(builtIn);
        assertRuns("1.0.0");
    }

    @Test
    void aDistributionsDriverThatDoesNotStartGivesWayToTheOneBefore() throws Exception {
        bench.install("1.0.0", "good");
        Path bad = bench.make("1.1.0", "throws");
        restart(bad);
        assertRuns("1.0.0");
        assertTrue(bench.only().problem().contains("1.1.0 did not start"), bench.only().problem());
        restart(bad);
        assertRuns("1.0.0");
        assertEquals("", bench.only().problem());
    }

    @Test
    void aDriverThatDoesNotStartIsFailedAndKeepsNothingElseFromStarting() throws Exception {
        restart(bench.make("1.0.0", "throws"));
        assertEquals(InstalledDriver.State.FAILED, bench.only().state());
        assertInstanceOf(Outcome.Done.class, bench.update("1.1.0", "good"));
        assertRuns("1.1.0");
    }
}
