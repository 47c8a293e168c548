package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.azekura.api.DeviceName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An appliance comes back from a device that somebody has added, as from a cloud. */
@Timeout(300)
class DeviceRebuildTest {

    private static final DeviceName CLOUD = new DeviceName("cloud");

    @TempDir
    Path dir;

    private final FaultDisk disk = new FaultDisk(1);

    private void save() throws Exception {
        Path source = Files.createDirectory(dir.resolve("source"));
        Files.writeString(source.resolve("file"), "content");
        Path home = dir.resolve("lost");
        try (WholeAppliance appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), disk.on(FaultPlan.none())))) {
            assertEquals(Job.State.DONE, appliance.backup(source, CrashLife.POOL).state());
        }
    }

    @Test
    void theDeviceStaysAsItWasSet() throws Exception {
        save();
        Path home = dir.resolve("new");
        try (WholeAppliance appliance = new WholeAppliance(home, false, Map.of("/bucket", disk.on(FaultPlan.none()), "/empty", new FaultDisk(2).on(FaultPlan.none()),
                home.resolve("pools/default").toString(), new FaultDisk(3).on(FaultPlan.none())))) {
            Job unknown = appliance.run(new JobOrder.Rebuild(List.of("device:cloud")));
            assertTrue(unknown.state() == Job.State.FAILED && unknown.error().contains("azekura device add cloud"), unknown::toString);
            appliance.server.devices().add(CLOUD, "disk", Map.of("path", "/bucket"), null);
            appliance.server.devices().add(new DeviceName("empty"), "disk", Map.of("path", "/empty"), null);
            Job empty = appliance.run(new JobOrder.Rebuild(List.of("device:empty")));
            assertTrue(empty.error().contains("device empty has no label"), empty::toString);
            Job relative = appliance.run(new JobOrder.Rebuild(List.of("srv/backup")));
            assertTrue(relative.error().contains("\"srv/backup\" is no cartridge in a library of storage node") && relative.error().endsWith("a folder is named by its whole path, from / on"), relative::toString);
            Job done = appliance.run(new JobOrder.Rebuild(List.of("device:cloud")));
            assertEquals(Job.State.DONE, done.state(), done::toString);
            assertEquals(1, appliance.catalog().read(CatalogView::snapshotCount));
            assertEquals(CLOUD, appliance.catalog().read(view -> view.pool(CrashLife.POOL)).orElseThrow().device());
            assertEquals("/bucket", appliance.server.devices().settings(CLOUD, null).values().get("path"));
        }
    }
}
