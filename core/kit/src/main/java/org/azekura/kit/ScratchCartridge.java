package org.azekura.kit;

import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.Element.Kind;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.Library;
import org.azekura.api.device.LoadResult;

/**
 * The one cartridge of a library that rules may overwrite: taken into the first drive before each rule, and back to its slot after. Of a library without a
 * changer it is what lies in the first drive. One thread at a time.
 */
final class ScratchCartridge {

    private static final Duration PATIENCE = Duration.ofHours(2);

    private final TrialDevice device;
    private final Barcode barcode;
    private Library library;
    private ElementAddress home;

    ScratchCartridge(TrialDevice device, Barcode barcode) {
        this.device = device;
        this.barcode = barcode;
    }

    /** Makes the library anew. */
    Library open() throws BackupException {
        device.next();
        library = device.open(Library.class);
        return library;
    }

    /** Whether the library that was opened last has a robot. */
    boolean hasChanger() {
        return library.changer().isPresent();
    }

    /** The first drive, with the cartridge in it. */
    Drive inDrive() throws BackupException {
        if (library.changer().isPresent()) {
            Changer changer = library.changer().get();
            ElementAddress drive = drive(changer);
            ElementAddress from = find(changer).address();
            if (!from.equals(drive)) {
                home = from;
                changer.move(from, drive);
            }
        }
        return library.drives().getFirst();
    }

    private static ElementAddress drive(Changer changer) throws BackupException {
        return first(changer.inventory(), Kind.DRIVE).address();
    }

    private static Element first(List<Element> elements, Kind kind) throws BackupException {
        List<Element> drives = elements.stream().filter(element -> element.kind() == kind).toList();
        return drives.stream().filter(element -> element.drive().orElse(-1) == 0).findFirst().or(() -> drives.stream().findFirst())
                .orElseThrow(() -> BackupException.device("driver.failed", "", "the changer has no " + kind, null));
    }

    private Element find(Changer changer) throws BackupException {
        return changer.inventory().stream().filter(element -> element.barcode().filter(barcode::equals).isPresent()).findFirst()
                .orElseThrow(() -> BackupException.operator("volume.unknown", barcode.value(), "there is no cartridge " + barcode + " in the library; put it in, or"
                        + " name another with --scratch"));
    }

    /** The library may have been closed by a rule, or have failed in one. */
    void putBack() throws BackupException {
        try {
            device.close();
            library = device.open(Library.class);
            if (library.changer().isPresent() && home != null) {
                library.drives().getFirst().unload();
                library.changer().get().move(drive(library.changer().get()), home);
                home = null;
            }
        } finally {
            device.close();
        }
    }

    /**
     * Bytes that fit on it, -1 if unknown.
     *
     * @throws BackupException {@code device.used} if another cartridge lies in the drive, {@code media.protected}
     */
    long capacity() throws BackupException {
        open();
        try {
            if (library.changer().isPresent() && first(library.changer().get().inventory(), Kind.DRIVE).content() instanceof Element.Named(Barcode other)
                    && !other.equals(barcode)) {
                throw BackupException.operator("device.used", other.value(), "cartridge " + other + " lies in the first drive; take it out first");
            }
            LoadResult loaded = inDrive().load(PATIENCE);
            if (!(loaded instanceof LoadResult.Ready(Drive.Cartridge cartridge))) {
                throw BackupException.operator("volume.unknown", barcode.value(), "cartridge " + barcode + " can't be loaded: " + loaded);
            }
            if (cartridge.writeProtected() || cartridge.writeOnce()) {
                throw BackupException.operator("media.protected", barcode.value(), "cartridge " + barcode + " can't be overwritten; name another with --scratch");
            }
            return cartridge.capacity();
        } finally {
            putBack();
        }
    }
}
