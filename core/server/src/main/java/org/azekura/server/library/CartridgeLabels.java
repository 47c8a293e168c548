package org.azekura.server.library;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Barcode;
import org.azekura.engine.volume.Label;

/** Makes labels for cartridges that nothing lies on yet. Thread-safe. */
public interface CartridgeLabels {

    /** A whole label, signed, of a new volume that is called as its barcode. */
    byte[] label(Pool pool, Barcode barcode) throws BackupException;

    /** Whether a label was made by this appliance. */
    boolean isOwn(Label label);
}
