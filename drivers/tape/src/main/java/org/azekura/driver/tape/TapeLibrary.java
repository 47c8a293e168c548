package org.azekura.driver.tape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
    record Setup(Optional<ScsiPath> changer, List<ScsiPath> drives, List<ElementAddress> elements, int mostBlock, boolean protects, long key) {}

    TapeLibrary(Setup setup) {
        this(setup, null);
    }

    /** @param pauses null to wait as long as it takes */
    TapeLibrary(Setup setup, Pauses pauses) {
        Pauses patient = pauses == null ? doors::pause : pauses;
        for (ScsiPath path : setup.drives()) {
            drives.add(new SscDrive(path, doors, patient, setup.key(), setup.mostBlock(), setup.protects()));
        }
        changer = setup.changer().map(path -> new SmcChanger(path, doors, patient, new ByName()));
        elements = setup.elements();
    }

    /** Tells by its serial number which drive is where; what the settings say wins. */
    private final class ByName implements SmcChanger.Bays {

        @Override
        public Map<ElementAddress, Integer> drives(List<ElementStatus> found) {
            Map<ElementAddress, Integer> numbers = new TreeMap<>();
            for (int i = 0; i < elements.size(); i++) {
                numbers.put(elements.get(i), i);
            }
            if (numbers.isEmpty()) {
                found.forEach(element -> named(element).ifPresent(number -> numbers.put(new ElementAddress(element.address()), number)));
                lastOne(found, numbers);
            }
            return numbers;
        }

        private OptionalInt named(ElementStatus element) {
            return IntStream.range(0, drives.size()).filter(i -> element.name().isPresent()
                    && drives.get(i).inquiryIfIdle().filter(drive -> drive.isNamed(List.of(element.name().get()))).isPresent()).findFirst();
        }

        /** Where one element has no name, and one drive no element, there is no question. */
        private void lastOne(List<ElementStatus> found, Map<ElementAddress, Integer> numbers) {
            List<ElementStatus> nameless = found.stream().filter(element -> element.name().isEmpty()).toList();
            int[] left = IntStream.range(0, drives.size()).filter(i -> !numbers.containsValue(i)).toArray();
            if (nameless.size() == 1 && left.length == 1) {
                numbers.put(new ElementAddress(nameless.getFirst().address()), left[0]);
            }
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
