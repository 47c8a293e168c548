package org.azekura.storagenode.cartridge.set;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.storagenode.cartridge.drive.Robot;

/** Tells how the cartridges of a pool are, from what was found in the library just now. */
record Census(List<Robot.Found> found) {

    Member member(Tape tape) {
        Supply.State state = state(tape);
        BackupException why = tape.volume().suspect();
        return new Member(tape.label().number(), tape.volume().id(), tape.label().name(), tape.volume().barcode(),
                state == Supply.State.MISSING ? null : tape.where(), state, why == null ? null : why.getMessage(), tape.used(), tape.room().capacity());
    }

    private Supply.State state(Tape tape) {
        if (tape.volume().barcode().isPresent() && Choosing.at(tape.volume().barcode().get(), found).isEmpty()) {
            return Supply.State.MISSING;
        }
        return tape.volume().suspect() != null ? Supply.State.SUSPECT : tape.isClosed() ? Supply.State.FULL : Supply.State.APPENDABLE;
    }
}
