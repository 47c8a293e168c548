package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.testkit.fault.Call;
import org.azekura.testkit.fault.Fault;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broken segment of the audit log goes when nothing is lost with it, and what can't be looked at keeps a verify from nothing else. */
@Timeout(120)
class AuditMendTest {

    private static final String BEYOND = "audit/00000000000003e8-00000000000003e9-0123abcd";

    @TempDir
    Path dir;

    private TwoSites sites;
    private FaultDisk disk;

    @BeforeEach
    void logged() throws Exception {
        sites = new TwoSites(dir.resolve("home"), Map.of("a", new FaultDisk(1), "b", new FaultDisk(2)));
        disk = sites.disks.get("a");
        disk.place("disk 1");
        sites.disks.get("b").place("disk 2");
        sites.makePools();
        Path source = Files.createDirectory(dir.resolve("source"));
        Files.write(source.resolve("file"), new byte[1000]);
        sites.snapshot(source);
        log();
        sites.server.appliance().backUp();
        assertEquals(List.of(), verify(Job.State.DONE));
    }

    @AfterEach
    void end() {
        sites.close();
    }

    private void log() throws BackupException {
        sites.catalog().write(edit -> {
            AuditEntry last = edit.audit(Long.MAX_VALUE, 1).stream().findFirst().orElse(null);
            AuditEntry line = new AuditEntry(0, Instant.EPOCH, Instant.EPOCH, "user ann", "", "POST jobs", "", "done", null);
            edit.addAudit(line.behind(last == null ? 1 : last.number() + 1, last == null ? AuditEntry.beginning() : last.hash()));
            return null;
        });
    }

    private List<JobResult.Laid> verify(Job.State expected) throws Exception {
        Job job = sites.run(new JobOrder.Verify(TwoSites.MAIN, null, JobOrder.Depth.CHECKSUMS, 0, 0));
        assertEquals(expected, job.state(), () -> job.toString());
        return ((JobResult.Verify) sites.server.jobs().result(job.id()).orElseThrow()).records();
    }

    private String spoiled() {
        String key = disk.keys("audit/").getFirst();
        disk.plant(key, Arrays.copyOf(disk.content(key), 10));
        return key;
    }

    @Test
    void oneWhoseLinesAreNowhereElseStays() throws Exception {
        disk.plant(BEYOND, new byte[] {1});
        for (int i = 0; i < 2; i++) {
            JobResult.Laid told = verify(Job.State.FAILED).getFirst();
            assertEquals(BEYOND, told.blob());
            assertTrue(told.damaged());
            assertNotNull(disk.content(BEYOND));
        }
    }

    @Test
    void noneGoesBeforeTheLogIsBackFromTheMedia() throws Exception {
        String key = spoiled();
        set("audit.waits");
        assertEquals(List.of(key), verify(Job.State.FAILED).stream().map(JobResult.Laid::blob).toList());
        assertNotNull(disk.content(key));
        sites.catalog().write(edit -> {
            edit.deleteSetting("audit.waits");
            return null;
        });
        verify(Job.State.WARNED);
        assertNull(disk.content(key));
        assertEquals(List.of(), verify(Job.State.DONE));
    }

    private void set(String name) throws BackupException {
        sites.catalog().write(edit -> {
            edit.putSetting(name, "");
            return null;
        });
    }

    private void restart(FaultPlan plan) throws Exception {
        sites.stopNode("a");
        sites.startNode("a", plan);
    }

    /** A credential may write, and not delete. */
    @Test
    void oneThatCantBeDeletedIsToldAndMendedAllTheSame() throws Exception {
        FaultPlan plan = FaultPlan.of("nothing can be deleted");
        plan.always(Call.DELETE, "audit/", new Fault.Fail("device.denied"));
        restart(plan);
        String key = spoiled();
        List<JobResult.Laid> told = verify(Job.State.WARNED);
        assertEquals(key, told.getLast().blob());
        assertTrue(told.getLast().what().contains("can't be deleted"), told::toString);
        assertNotNull(disk.content(key));
    }

    @Test
    void aLookThatFailsLeavesTheVerifyWhatItFound() throws Exception {
        FaultPlan plan = FaultPlan.of("the audit log can't be listed");
        plan.always(Call.LIST, "audit/", new Fault.Fail("device.timeout"));
        restart(plan);
        String manifest = disk.keys("snapshots/").getFirst();
        disk.plant(manifest, null);
        List<JobResult.Laid> told = verify(Job.State.WARNED);
        assertEquals(2, told.size(), told::toString);
        assertTrue(told.getFirst().what().contains("not all of it can be looked at"), told::toString);
        assertNotNull(disk.content(manifest), "it was looked at all the same");
    }
}
