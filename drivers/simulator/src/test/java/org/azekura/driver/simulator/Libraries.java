package org.azekura.driver.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.testkit.device.Tapes;

/** Small libraries: two drives, eight slots, cartridges of 32 MB, a buffer of 2 MB. */
final class Libraries {

    private Libraries() {}

    static Setup.Raw small(Path dir, String faults) {
        return new Setup.Raw(dir.resolve("library").toString(), 2, 8, 2, 0, 1, "LTO-8", 32, 0, 2, 0, 0, faults);
    }

    static Simulator open(Path dir) throws BackupException {
        return open(dir, "");
    }

    static Simulator open(Path dir, String faults) throws BackupException {
        return Simulator.of(small(dir, faults));
    }

    /** Writes the file of faults anew. */
    static void faults(Path dir, String... lines) throws IOException {
        Files.write(dir.resolve("library/faults"), List.of(lines));
    }

    static ElementAddress find(Simulator library, String barcode) throws BackupException {
        return library.changer().orElseThrow().inventory().stream().filter(element -> element.barcode().equals(Optional.of(new Barcode(barcode))))
                .map(Element::address).findFirst().orElseThrow();
    }

    static void putIn(Simulator library, String barcode, int drive) throws BackupException {
        Changer changer = library.changer().orElseThrow();
        changer.move(find(library, barcode), Elements.drive(drive));
    }

    /** Puts a cartridge into the first drive and loads it. */
    static Drive loaded(Simulator library, String barcode) throws BackupException {
        putIn(library, barcode, 0);
        Tapes.load(library.drives().getFirst());
        return library.drives().getFirst();
    }
}
