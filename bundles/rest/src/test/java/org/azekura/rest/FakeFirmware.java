package org.azekura.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.driver.DriverInstaller.Unserved;
import org.azekura.api.server.Firmware;

/** One update, which one driver stands against, on a machine that runs from an image until a test says otherwise. */
public final class FakeFirmware implements Firmware {

    public final List<String> calls = new CopyOnWriteArrayList<>();
    volatile boolean image = true;
    volatile boolean busy;
    private volatile Update update = new Update("7", "2.1.0", 3, List.of(new Unserved("shelf", "1.0.0", "org.azekura.api.device [0.8.0,0.9.0)")), Stage.CHECKED, 0, "", "");

    @Override
    public void requireReady() throws BackupException {
        requireImage();
        if (busy) {
            throw BackupException.operator("firmware.busy", "2.1.0", "version 2.1.0 is being installed");
        }
    }

    private void requireImage() throws BackupException {
        if (!image) {
            throw BackupException.operator("firmware.unsupported", "", "this appliance does not run from an image");
        }
    }

    @Override
    public State state() throws BackupException {
        requireImage();
        return new State("2.0.0", "A", List.of(new Slot("A", "2.0.0", true, true, true), new Slot("B", "", false, false, false)), null);
    }

    @Override
    public Update take(Path file) throws BackupException {
        requireImage();
        try {
            String content = Files.readString(file);
            calls.add("take " + content);
            if (content.equals("forged")) {
                throw BackupException.operator("firmware.refused", "", "it is forged");
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return update;
    }

    @Override
    public Update update(String id) throws BackupException {
        requireImage();
        if (!id.equals("7")) {
            throw BackupException.operator("update.unknown", id, "there is no update " + id);
        }
        return update;
    }

    @Override
    public Update install(String id, boolean driversAnyway) throws BackupException {
        Update found = update(id);
        if (!driversAnyway) {
            throw BackupException.operator("drivers.refused", "2.1.0", "shelf would not run");
        }
        calls.add("install");
        update = new Update(id, found.version(), found.bytes(), found.drivers(), Stage.INSTALLING, 85, "Copying image to rootfs.1", "");
        return update;
    }

    @Override
    public void drop(String id) throws BackupException {
        update(id);
        calls.add("drop");
    }

    @Override
    public void restart() throws BackupException {
        requireImage();
        calls.add("restart");
    }
}
