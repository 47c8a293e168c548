package org.azekura.storagenode.cartridge.set;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.storagenode.cartridge.drive.First;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of a pool of which nothing is known but labels, one cartridge may tell what the others are; those that it does not name are looked at all the same.
 *
 * @param tape that was asked; null if none was
 */
record Told(Tape tape) {

    private static final Logger LOG = LoggerFactory.getLogger(Told.class);

    /** @param making of a cartridge with this label */
    static Told of(Shelf shelf, PoolName pool, Optional<Barcode> wanted, Function<First.Labelled, Tape> making) {
        Barcode barcode = shelf.choosing().unread(pool, wanted, volume -> shelf.note(volume).isSound()).orElse(null);
        First.Labelled label = barcode == null ? null : shelf.owners().owner(barcode).map(owner -> shelf.owners().label(owner.volume())).orElse(null);
        if (label == null || label.label().number() < 2) {
            return new Told(null);
        }
        Tape tape = making.apply(label);
        try {
            tape.open();
            shelf.carried().take(tape);
        } catch (BackupException e) {
            LOG.info("{}, cartridge {} tells of no others: {}", shelf.where(), barcode, e.getMessage());
        }
        return new Told(tape);
    }

    /** That of a volume: the one that was asked, if it is this. */
    Tape take(VolumeId volume, Supplier<Tape> another) {
        if (tape != null && tape.volume().id().equals(volume)) {
            return tape;
        }
        if (tape != null) {
            tape.close();
        }
        return another.get();
    }
}
