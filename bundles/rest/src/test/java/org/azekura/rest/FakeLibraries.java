package org.azekura.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.DriveMount;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.server.Libraries;

/** A library {@code lib1} with a volume in its drive, and one that does not answer. */
final class FakeLibraries implements Libraries {

    static final Volume VOLUME = new Volume(new VolumeId(1, 2), new PoolName("tape"), "tape-1", "A00001L8", Volume.State.APPENDABLE, "lib1, drive 0", 7, 100);

    private static final NodeName NODE = new NodeName("n1");
    private static final Library LIB1 = new Library(new DeviceName("lib1"), NODE, "simulator", "/srv/library", true, List.of(
            new Place(10, Element.Kind.MAIL_SLOT, Element.Filling.EMPTY, null, null, null, false, null, null, true, false, 0, "", null, List.of()),
            new Place(500, Element.Kind.DRIVE, Element.Filling.CARTRIDGE, new Barcode("A00001L8"), VOLUME, VOLUME.pool(), false, 1000, 0, true, true, 0, "",
                    new DriveHealth("S0", DriveHealth.State.DOWN, "it is broken", Instant.EPOCH), List.of("A00001L8: much was corrected")),
            new Place(1000, Element.Kind.SLOT, Element.Filling.CARTRIDGE, new Barcode("CLN001CU"), null, null, false, null, null, true, false, 3, "", null, List.of())), "");

    @Override
    public List<Library> list(NodeName node) {
        return List.of(LIB1, new Library(new DeviceName("lib2"), NODE, "tape", "", false, List.of(), "it does not answer"));
    }

    @Override
    public Library get(DeviceName name, NodeName node) throws BackupException {
        if (!name.value().equals("lib1")) {
            throw BackupException.operator("device.unknown", name.value(), "there is no library " + name);
        }
        return LIB1;
    }

    @Override
    public Shelved volume(String name) throws BackupException {
        if (!name.equals("A00001L8")) {
            throw BackupException.operator("volume.unknown", name, "there is no volume " + name);
        }
        return new Shelved(VOLUME, NODE, new DeviceName("lib1"), "simulator", 3, new CartridgeUse(new CartridgeLife("A00001L8", 2, Instant.EPOCH, 41, -1, -1, -1),
                List.of(new DriveMount("S0", "A00001L8", Instant.EPOCH, 1_000_000_000, 0, 500, 0, 0, true)), List.of("much was corrected")), Instant.parse("2026-01-02T03:04:05Z"));
    }

    /** What was asked for, in order. */
    final List<String> asked = new ArrayList<>();

    private Shelved asked(String what, String name) throws BackupException {
        asked.add(what);
        return volume(name);
    }

    @Override
    public Shelved lock(String name, String why) throws BackupException {
        return asked("lock " + name + ": " + why, name);
    }

    @Override
    public Shelved unlock(String name) throws BackupException {
        return asked("unlock " + name, name);
    }

    @Override
    public Shelved accept(String name) throws BackupException {
        return asked("accept " + name, name);
    }

    @Override
    public Library use(DeviceName name, NodeName node, int drive, boolean up, String why) throws BackupException {
        asked.add("drive " + drive + " of " + name + (node == null ? "" : " on " + node) + (up ? " up" : " down: " + why));
        return get(name, node);
    }
}
