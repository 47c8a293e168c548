package org.azekura.driver.tape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.driver.tape.scsi.ScsiAddress;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.testkit.tape.Vtl;

/** Libraries on the peers. */
final class Libraries {

    static final long KEY = HostKey.of("test", "boot");

    private Libraries() {}

    static TapeLibrary on(Vtl vtl) throws BackupException {
        return on(vtl.changer(), vtl.drive(0), vtl.drive(1));
    }

    static TapeLibrary on(String changer, String... drives) throws BackupException {
        List<ScsiPath> paths = new ArrayList<>();
        for (String url : drives) {
            paths.add(ScsiAddress.parse(url));
        }
        return new TapeLibrary(new TapeLibrary.Setup(changer.isEmpty() ? Optional.empty() : Optional.of(ScsiAddress.parse(changer)), paths, List.of(), 1 << 20, true, KEY));
    }

    static Element find(TapeLibrary library, String barcode) throws BackupException {
        return library.changer().orElseThrow().inventory().stream().filter(element -> element.barcode().equals(Optional.of(new Barcode(barcode)))).findFirst()
                .orElseThrow();
    }

    static ElementAddress drive(TapeLibrary library, int number) throws BackupException {
        return library.changer().orElseThrow().inventory().stream().filter(element -> element.drive().orElse(-1) == number).map(Element::address).findFirst()
                .orElseThrow();
    }

    /** Has a cartridge lie in a drive, not loaded, whatever lay there. */
    static void putIn(TapeLibrary library, String barcode, int number) throws BackupException {
        ElementAddress drive = drive(library, number);
        Element there = find(library, barcode);
        if (there.address().equals(drive)) {
            library.drives().get(number).unload();
        } else {
            library.changer().orElseThrow().move(there.address(), drive);
        }
    }
}
