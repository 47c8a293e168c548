package org.azekura.storagenode.cartridge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Barcode;

/** Who looks after the drives of a library: is told what they say, and knows which of them may be used. Any thread; never blocks. */
public interface DriveCare {

    /** All drives may be used, and nobody wants to know. */
    DriveCare NONE = new DriveCare() {
        @Override
        public Set<Integer> out() {
            return Set.of();
        }

        @Override
        public Set<Integer> unclean() {
            return Set.of();
        }

        @Override
        public void said(Said said) {
            // nobody asked
        }
    };

    /** Numbers of the drives that get nothing any more. */
    Set<Integer> out();

    /** Numbers of the drives that want to be cleaned before they get anything else. */
    Set<Integer> unclean();

    /** A drive said something, or something went wrong in it. */
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
        boolean isQuiet() {
            return alerts.isEmpty() && error == null;
        }
    }
}
