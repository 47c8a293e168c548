package org.azekura.rest;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.server.ApplianceDisks;
import org.azekura.api.server.DiskHealth;
import org.azekura.api.server.DiskHealth.Verdict;

/** Two disks, one of them with something on it and failing, and a set of an earlier appliance, on a machine that runs from an image until a test says otherwise. */
public final class FakeDisks implements ApplianceDisks {

    public final List<String> calls = new CopyOnWriteArrayList<>();
    volatile boolean image = true;

    private void requireImage() throws BackupException {
        if (!image) {
            throw BackupException.operator("disk.unsupported", "", "this appliance does not run from an image");
        }
    }

    @Override
    public State state() throws BackupException {
        requireImage();
        return new State(Instant.parse("2026-01-02T03:04:05Z"), List.of(new Disk("sdb", "S1", "Model One", 4_000_000_000_000L, "", "", "", null),
                new Disk("sdc", "", "", 4_000_000_000_000L, "ext4", "", "old", new DiskHealth("/dev/sdc", "ata", Verdict.FAILING, 31, false, 9L, 8L, 3L, 2, null, false))),
                List.of(new DiskSet("old", Condition.FOUND, "mirror", 1000, List.of("sdd"), 1, "/srv/old")));
    }

    @Override
    public DiskSet make(Order order) throws BackupException {
        requireImage();
        if (!order.erase().contains("sdc")) {
            throw BackupException.operator("disk.refused", order.name(), "sdc is not empty");
        }
        calls.add("make " + order);
        return new DiskSet(order.name(), Condition.WHOLE, order.level(), 2000, order.disks(), 0, "/srv/" + order.name());
    }

    @Override
    public DiskSet attach(String name) throws BackupException {
        requireImage();
        calls.add("attach " + name);
        return new DiskSet(name, Condition.DEGRADED, "mirror", 1000, List.of("sdd"), 1, "/srv/" + name);
    }
}
