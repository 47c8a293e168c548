package org.azekura.rest;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.server.DataDisks;

/** Two disks, one of them with something on it, and a set of an earlier appliance, on a machine that runs from an image until a test says otherwise. */
public final class FakeDisks implements DataDisks {

    public final List<String> calls = new CopyOnWriteArrayList<>();
    volatile boolean image = true;

    private void requireImage() throws BackupException {
        if (!image) {
            throw BackupException.operator("disks.unsupported", "", "this appliance does not run from an image");
        }
    }

    @Override
    public State state() throws BackupException {
        requireImage();
        return new State(List.of(new Disk("sdb", "S1", "Model One", 4_000_000_000_000L, "", ""), new Disk("sdc", "", "", 4_000_000_000_000L, "ext4", "")),
                List.of(new DiskSet("old", Condition.FOUND, "mirror", 1000, List.of("sdd"), 1, "/srv/old")));
    }

    @Override
    public DiskSet make(Order order) throws BackupException {
        requireImage();
        if (!order.erase().contains("sdc")) {
            throw BackupException.operator("disks.refused", order.name(), "sdc is not empty");
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
