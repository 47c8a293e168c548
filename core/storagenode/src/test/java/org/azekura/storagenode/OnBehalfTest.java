package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.Overwrite;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.client.ClientDoor;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One client collects what belongs to others that run nothing. */
@Timeout(300)
class OnBehalfTest {

    private static final ClientName APP = new ClientName("app");
    private static final ClientName OTHER = new ClientName("other");
    private static final ClientName PROXY = new ClientName("proxy");
    private static final SaveSetName SET = new SaveSetName("data");

    @TempDir
    Path dir;

    private final FaultDisk disk = new FaultDisk(1);
    private Path home;
    private WholeAppliance appliance;
    private ClientDoor proxy;

    @BeforeEach
    void begin() throws Exception {
        home = dir.resolve("home");
        appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), disk.on(FaultPlan.none())));
        come();
    }

    private void come() throws Exception {
        proxy = new ClientDoor(Files.createDirectories(dir.resolve("proxy")), PROXY.value(), appliance.transport());
        appliance.server.await(PROXY);
    }

    @AfterEach
    void end() {
        proxy.close();
        appliance.close();
    }

    private Path mounted(ClientName client, String content) throws Exception {
        Path mount = Files.createDirectories(dir.resolve("mnt").resolve(client.value()));
        Files.writeString(mount.resolve("file"), content);
        return mount;
    }

    private void keep(ClientName client, ClientName via, Hooks hooks, Path... paths) throws Exception {
        appliance.server.saveSets().create(new KeptSaveSet(client, via,
                new SaveSet(SET, List.of(paths).stream().map(path -> RawPath.of(path.toString())).toList(), List.of(), false), hooks));
    }

    private static JobOrder run(ClientName client) {
        return new JobOrder.Backup(client, null, new SaveSet(SET, List.of(), List.of(), false), null, false);
    }

    private Snapshot backup(ClientName client) throws Exception {
        Job job = appliance.run(run(client));
        assertEquals(Job.State.DONE, job.state(), job::toString);
        return snapshot(job);
    }

    private Snapshot snapshot(Job job) throws Exception {
        SnapshotId id = ((JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow()).snapshot();
        return appliance.catalog().read(view -> view.snapshot(id)).orElseThrow();
    }

    private Client client(ClientName name) throws Exception {
        return appliance.catalog().read(view -> view.client(name)).orElseThrow();
    }

    @Test
    void theSnapshotIsTheirsAndTheJobNamesWhoCollected() throws Exception {
        keep(APP, PROXY, Hooks.NONE, mounted(APP, "one"));
        assertNull(client(APP).lastSeen());
        Snapshot first = backup(APP);
        assertEquals(APP, first.client());
        JobOrder.Backup order = (JobOrder.Backup) appliance.server.jobs().order(first.job());
        assertEquals(APP + " via " + PROXY, order.client() + " via " + order.via());
        assertEquals(APP, appliance.server.jobs().get(first.job()).client());
        assertArrayEquals(client(PROXY).signingKey(), SignedManifest.parse(first.manifest()).signerKey());
        assertNull(client(APP).signingKey());
        assertEquals(List.of(first.id()), appliance.server.snapshots().list(APP).stream().map(Snapshot::id).toList());
        assertEquals(List.of(), appliance.server.snapshots().list(PROXY));
    }

    @Test
    void twoWithTheSameSaveSetDoNotMix() throws Exception {
        Path one = mounted(APP, "one");
        Path two = mounted(OTHER, "two");
        keep(APP, PROXY, Hooks.NONE, one);
        keep(OTHER, PROXY, Hooks.NONE, two);
        Snapshot app = backup(APP);
        Snapshot other = backup(OTHER);
        assertNull(other.parent());
        assertEquals(app.id(), backup(APP).parent());
        assertEquals(other.id(), backup(OTHER).parent());
        assertEquals("one two", restored(backup(APP), one) + " " + restored(backup(OTHER), two));
    }

    private String restored(Snapshot snapshot, Path saved) throws Exception {
        Path target = dir.resolve("target-" + snapshot.id());
        Job job = appliance.run(new JobOrder.Restore(snapshot.id(), List.of(), PROXY, RawPath.of(target.toString()), Overwrite.NEVER, false));
        assertEquals(Job.State.DONE, job.state(), job::toString);
        JobOrder.Restore order = (JobOrder.Restore) appliance.server.jobs().order(job.id());
        assertEquals(snapshot.client() + " to " + PROXY, order.from() + " to " + job.client());
        return Files.readString(Path.of(target.toString() + saved + "/file"));
    }

    @Test
    void whoNeverCameIsNoHostToRestoreTo() throws Exception {
        Path mount = mounted(APP, "one");
        keep(APP, PROXY, Hooks.NONE, mount);
        Snapshot snapshot = backup(APP);
        BackupException refused = assertThrows(BackupException.class, () -> appliance.server.jobs().submit(
                new JobOrder.Restore(snapshot.id(), List.of(), null, RawPath.of("/tmp/x"), Overwrite.NEVER, false)));
        assertEquals("client.offline", refused.failure().code());
        assertTrue(refused.getMessage().contains("--client"), refused::getMessage);
        assertEquals("client.unknown", assertThrows(BackupException.class, () -> appliance.server.jobs().submit(
                new JobOrder.Restore(snapshot.id(), List.of(), new ClientName("nobody"), RawPath.of("/tmp/x"), Overwrite.NEVER, false))).failure().code());
    }

    @Test
    void anotherCollectorReadsEverythingAgainAndGoesOnWithTheSameHistory() throws Exception {
        Path mount = mounted(APP, "one");
        keep(APP, PROXY, Hooks.NONE, mount);
        Snapshot first = backup(APP);
        appliance.server.saveSets().delete(new SaveSetId(APP, SET));
        keep(APP, new ClientName(WholeAppliance.NAME), Hooks.NONE, mount);
        Snapshot second = backup(APP);
        assertEquals(first.id(), second.parent());
        assertEquals(0, second.warnings());
        assertArrayEquals(client(new ClientName(WholeAppliance.NAME)).signingKey(), SignedManifest.parse(second.manifest()).signerKey());
    }

    @Test
    void theJobWaitsForWhoCollectsAndSurvivesThatTheSaveSetIsDeleted() throws Exception {
        Path mount = mounted(APP, "one");
        Path hooks = Files.createDirectories(dir.resolve("proxy/hooks"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Path begun = dir.resolve("begun");
        Path slow = Files.writeString(hooks.resolve("slow"), "#!/bin/sh\ntest -e " + begun + " && exit 0\ntouch " + begun + "\nsleep 100\n");
        Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwxr-xr-x"));
        keep(APP, PROXY, new Hooks(new HookName("slow"), null, null), mount);
        Job job = appliance.server.jobs().submit(run(APP));
        awaitFile(begun);
        proxy.close();
        assertEquals(Job.State.PARKED, appliance.await(job.id()).state());
        assertTrue(appliance.server.jobs().get(job.id()).error().contains("proxy"));
        appliance.server.saveSets().delete(new SaveSetId(APP, SET));
        come();
        Job ended = appliance.awaitEnd(job.id());
        assertEquals(Job.State.DONE, ended.state(), ended::toString);
        assertEquals(APP, snapshot(ended).client());
        assertTrue(appliance.server.jobs().log(job.id()).stream().map(JobLine::text).anyMatch("hook slow (pre) is done"::equals));
    }

    private static void awaitFile(Path file) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (int looks = 0; !Files.exists(file) && looks < 2_000; looks++) {
            never.await(10, TimeUnit.MILLISECONDS);
        }
        assertTrue(Files.exists(file));
    }

    @Test
    void aRebuildBringsTheSnapshotBackToWhomItBelongs() throws Exception {
        Path mount = mounted(APP, "one");
        keep(APP, PROXY, Hooks.NONE, mount);
        Snapshot saved = backup(APP);
        proxy.close();
        appliance.close();
        Path again = dir.resolve("again");
        appliance = new WholeAppliance(again, false, Map.of("/1", disk.on(FaultPlan.none()), again.resolve("pools/default").toString(),
                new FaultDisk(3).on(FaultPlan.none())));
        Job job = appliance.run(new JobOrder.Rebuild(List.of("/1")));
        assertEquals(1, ((JobResult.Rebuild) appliance.server.jobs().result(job.id()).orElseThrow()).snapshots(), job::toString);
        assertEquals(List.of(saved.id()), appliance.server.snapshots().list(APP).stream().map(Snapshot::id).toList());
        assertNull(client(APP).signingKey());
    }
}
