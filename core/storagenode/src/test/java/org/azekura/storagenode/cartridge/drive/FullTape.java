package org.azekura.storagenode.cartridge.drive;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.driver.simulator.Simulator;

/** A simulated drive with a cartridge that is full, of 208 wraps; its clock is the same for a tape of any length. */
final class FullTape {

    static final int BLOCK = 64 << 10;
    static final int BLOCKS = 6_000;

    private FullTape() {}

    interface Use {
        void of(Simulator library, Drive drive) throws Exception;
    }

    static void use(Path dir, Use use) throws Exception {
        long capacity = (long) BLOCK * BLOCKS / 1_000_000 + 1;
        try (Simulator library = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "capacity_MB", Long.toString(capacity), "earlyWarning_MB", "1"))) {
            List<Element> elements = library.changer().orElseThrow().inventory();
            library.changer().orElseThrow().move(elements.stream().filter(one -> one.kind() == Element.Kind.SLOT && one.barcode().isPresent()).findFirst().orElseThrow()
                    .address(), elements.stream().filter(one -> one.kind() == Element.Kind.DRIVE).findFirst().orElseThrow().address());
            Drive drive = library.drives().getFirst();
            drive.load(Duration.ofMinutes(1));
            for (int i = 0; i < BLOCKS; i++) {
                drive.write(ByteBuffer.allocate(BLOCK));
            }
            drive.writeFilemarks(0, false);
            use.of(library, drive);
        }
    }

    /** Reads a block. */
    static void read(Drive drive) throws BackupException {
        drive.read(ByteBuffer.allocate(BLOCK));
    }
}
