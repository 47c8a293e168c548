package org.azekura.storagenode;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.azekura.api.server.JobOrder;
import org.azekura.testkit.fault.Fault;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.testkit.fault.FileCut;
import org.azekura.testkit.fault.Gate;

/** A program that rebuilds a catalog until a step of the device, says so, and waits there to be killed. */
final class KilledRebuild {

    static final String REACHED = "reached";

    private KilledRebuild() {}

    /** @param args home, a folder with the medium's blobs, the step */
    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        FaultDisk disk = new FaultDisk(1);
        FileCut.of(Path.of(args[1])).files().forEach(disk::plant);
        Gate gate = new Gate();
        try (WholeAppliance appliance = new WholeAppliance(home, false, Map.of(FaultyRebuildTest.MEDIUM,
                disk.on(FaultPlan.of("gate").at(Long.parseLong(args[2]), new Fault.Slow(gate))), home.resolve("pools/default").toString(),
                new FaultDisk(1).on(FaultPlan.none())))) {
            // From here on: a gate has the patience of a test, and starting may take long on a busy machine.
            Thread.ofPlatform().daemon().name("tells").start(() -> {
                try {
                    gate.awaitCaller();
                    System.out.println(REACHED);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            System.out.println(appliance.run(new JobOrder.Rebuild(List.of(FaultyRebuildTest.MEDIUM))));
        }
    }
}
