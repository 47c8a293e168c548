package org.azekura.storagenode.cartridge.volume;

import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Drive;
import org.azekura.engine.volume.Label;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written into the memory of a cartridge, for whoever meets it with other software: whose it is and what it is called. A hint; nothing here ever reads
 * it, and a cartridge without it is as good.
 */
public final class CartridgeText {

    private static final Logger LOG = LoggerFactory.getLogger(CartridgeText.class);

    /** Version of the form of what lies on the tape: that of the program says less to who wants to read it. */
    private static final String FORM = "form 1";

    private CartridgeText() {}

    static Drive.Description of(Label label, Optional<Barcode> barcode) {
        return new Drive.Description("AZEKURA", "Azekura", FORM, label.name(),
                barcode.map(Barcode::value).orElse(""), label.pool().value());
    }

    /** Before anything is written on the tape: what fails here may have cost the drive its place, and is nobody's trouble else. */
    public static void write(Drive drive, Drive.Cartridge cartridge, Label label, Optional<Barcode> barcode) {
        try {
            if (drive.capabilities().describe() && !cartridge.writeProtected()) {
                drive.describe(of(label, barcode));
            }
        } catch (BackupException e) {
            LOG.info("volume={}: nothing is written into the memory of its cartridge: {}", label.name(), e.getMessage());
        }
    }
}
