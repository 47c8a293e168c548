package org.azekura.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.server.Drivers;

/** One driver on one node; a package is its version and {@code bad} if it is backed out. */
final class FakeDrivers implements Drivers {

    private static final NodeName NODE = new NodeName("n1");

    final List<String> trusted = new ArrayList<>();
    private String version = "1.0.0";
    private boolean development;

    private InstalledDriver driver() {
        return new InstalledDriver("disk", version, "Azekura", InstalledDriver.State.ACTIVE, List.of(new DeviceName("d1")), "");
    }

    @Override
    public List<OnNode> list() {
        return List.of(new OnNode(NODE, driver()));
    }

    @Override
    public List<Changed> change(Path file, boolean update) throws BackupException {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        if (text.equals("garbage")) {
            throw BackupException.operator("package.invalid", "", "it is no driver package");
        }
        if (text.equals("foreign")) {
            throw BackupException.operator("package.refused", "", "the driver package is refused: nobody knows who signed it");
        }
        if (!update) {
            throw BackupException.operator("driver.installed", "disk", "driver disk is here already");
        }
        boolean bad = text.equals("bad");
        version = bad ? version : text;
        return List.of(new Changed(NODE, driver(), bad ? "it does not work" : null));
    }

    @Override
    public void remove(String name) throws BackupException {
        throw BackupException.operator("driver.used", name, "driver " + name + " serves [d1]; remove these devices first");
    }

    @Override
    public List<Publisher> publishers() {
        return trusted.stream().map(name -> new Publisher(name, "ab", Instant.EPOCH, false)).toList();
    }

    @Override
    public Publisher trust(String certificate) {
        trusted.add(certificate);
        return publishers().getLast();
    }

    @Override
    public void distrust(String which) throws BackupException {
        if (!trusted.remove(which)) {
            throw BackupException.operator("publisher.unknown", which, "no publisher " + which);
        }
    }

    @Override
    public boolean development() {
        return development;
    }

    @Override
    public void development(boolean on) {
        development = on;
    }
}
