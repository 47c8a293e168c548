package org.azekura.storagenode.cartridge.drive;

import java.util.List;
import java.util.Optional;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Barcode;

/** Who looks after the drives of a library. */
@FunctionalInterface
public interface DriveCare {

    /** Nobody wants to know. */
    DriveCare NONE = said -> { };

    /** A drive said something, or something went wrong in it. Any thread; never blocks. */
    void said(Said said);

    /**
     * What a drive said.
     *
     * @param drive   its number
     * @param serial  empty if nobody knows
     * @param barcode of the cartridge in it; empty if there is none, or it has none
     * @param error   that was not recovered, for people; null if there was none
     */
    record Said(int drive, String serial, Optional<Barcode> barcode, List<Alert> alerts, String error) {

        public Said {
            alerts = List.copyOf(alerts);
        }

        /** It only says that it is there. */
        public boolean isQuiet() {
            return alerts.isEmpty() && error == null;
        }
    }
}
