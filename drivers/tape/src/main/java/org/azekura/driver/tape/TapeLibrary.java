package org.azekura.driver.tape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.Library;
import org.azekura.driver.tape.scsi.ScsiPath;

/** Drives and the robot that feeds them. Nothing is connected before it is used. Thread-safe. */
final class TapeLibrary implements Library, AutoCloseable {

    private final Doors doors = new Doors();
    private final List<SscDrive> drives = new ArrayList<>();
    private final Optional<SmcChanger> changer;
    private final List<ElementAddress> elements;

    /** What a library is made of, checked. */
    record Setup(Optional<ScsiPath> changer, List<ScsiPath> drives, List<ElementAddress> elements, int mostBlock, long key) {}

    TapeLibrary(Setup setup) {
        this(setup, null);
    }

    /** @param pauses null to wait as long as it takes */
    TapeLibrary(Setup setup, Pauses pauses) {
        Pauses patient = pauses == null ? doors::pause : pauses;
        for (ScsiPath path : setup.drives()) {
            drives.add(new SscDrive(path, doors, patient, setup.key(), setup.mostBlock()));
        }
        changer = setup.changer().map(path -> new SmcChanger(path, doors, patient, new ByName()));
        elements = setup.elements();
    }

    /** Tells by its serial number which drive is where; what the settings say wins. */
    private final class ByName implements SmcChanger.Bays {

        @Override
        public OptionalInt drive(ElementAddress address, Optional<String> name, int count) {
            if (!elements.isEmpty()) {
                int number = elements.indexOf(address);
                return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
            }
            for (int i = 0; i < drives.size() && name.isPresent(); i++) {
                if (drives.get(i).inquiryIfIdle().filter(drive -> drive.isNamed(List.of(name.get()))).isPresent()) {
                    return OptionalInt.of(i);
                }
            }
            return name.isEmpty() && count == 1 && drives.size() == 1 ? OptionalInt.of(0) : OptionalInt.empty();
        }

        @Override
        public boolean isHolding(int drive) {
            return drives.get(drive).isHolding();
        }
    }

    @Override
    public Optional<Changer> changer() {
        return changer.map(robot -> robot);
    }

    Optional<SmcChanger> robot() {
        return changer;
    }

    @Override
    public List<Drive> drives() {
        return List.copyOf(drives);
    }

    List<SscDrive> all() {
        return List.copyOf(drives);
    }

    @Override
    public String location() {
        return changer.map(SmcChanger::location).orElseGet(() -> drives.getFirst().location());
    }

    @Override
    public void selfTest() throws BackupException {
        doors.requireOpen(location());
        Library.super.selfTest();
    }

    /** Ends all that waits. Cartridges stay where they are; reservations of drives that nobody is using are given back. */
    @Override
    public void close() {
        doors.close();
        drives.forEach(SscDrive::close);
        changer.ifPresent(SmcChanger::close);
    }
}
