package org.azekura.driver.simulator;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Library;

/**
 * A tape library in a folder. It touches the folder at the first call, not before. What tests want to know beyond {@link Library} is here, too. Thread-safe.
 */
public final class Simulator implements Library, AutoCloseable {

    private final Setup setup;
    private final Doors doors;
    private final List<SimulatedDrive> drives = new ArrayList<>();
    private final SimulatedChanger changer;
    private House house;

    Simulator(Setup setup) {
        this.setup = setup;
        this.doors = new Doors(setup.folder().toString(), this::lockUp);
        for (int i = 0; i < setup.drives(); i++) {
            drives.add(new SimulatedDrive(this, i, setup, doors));
        }
        this.changer = new SimulatedChanger(this, setup, doors);
    }

    /**
     * A library without OSGi, as tests want it.
     *
     * @param settings as of the driver, by name; what is not there has its default
     * @throws BackupException {@code setting.*}
     */
    public static Simulator of(Map<String, String> settings) throws BackupException {
        return of(Setup.Raw.of(settings));
    }

    /** @throws BackupException {@code setting.*} */
    static Simulator of(Setup.Raw raw) throws BackupException {
        return new Simulator(Setup.check(raw));
    }

    /** Opens it if it is not open. Who asks has come in through the {@link #doors}. */
    synchronized House house() throws BackupException {
        doors.requireOpen();
        if (house == null) {
            if (setup.folder().getParent() == null || !Files.isDirectory(setup.folder().getParent())) {
                throw Trouble.setting("folder", setup.folder().toString(), "the folder above it does not exist; make it first");
            }
            house = House.open(setup, drives);
        }
        return house;
    }

    /** Nobody is inside, and nobody comes in any more. */
    private synchronized void lockUp() {
        drives.forEach(SimulatedDrive::shutDown);
        if (house != null) {
            house.close();
            house = null;
        }
    }

    Doors doors() {
        return doors;
    }

    Generation generation() {
        return setup.generation();
    }

    @Override
    public Optional<Changer> changer() {
        return Optional.of(changer);
    }

    @Override
    public List<Drive> drives() {
        return List.copyOf(drives);
    }

    @Override
    public String location() {
        return setup.folder().toString();
    }

    /** Simulated time that a drive was busy, or idle as {@link #idle} says. Not while a call is going on. */
    public Duration elapsed(int drive) {
        return drives.get(drive).clock().elapsed();
    }

    /** Simulated time that the robot was busy. */
    public Duration elapsed() {
        return changer.clock().elapsed();
    }

    /** How often the tape in a drive has stopped while it was written: each time costs its speed, and wears it. */
    public int stops(int drive) {
        return drives.get(drive).clock().stops();
    }

    /** So much simulated time goes by in which nobody asks a drive for anything; the tape runs on. Not while a call is going on. */
    public void idle(int drive, Duration time) {
        drives.get(drive).clock().idle(time);
    }

    /** The power of a drive goes and comes back, whatever it is doing: what was not on the tape is lost. */
    public void powerOff(int drive) {
        drives.get(drive).powerOff();
    }

    /** Does not wait for calls that have begun: they end with {@code device.closed}, and the last of them lets go of the folder. */
    @Override
    public void close() {
        doors.close();
    }
}
