package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.device.ReadResult;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.drive.Bays;
import org.azekura.storagenode.cartridge.drive.First;
import org.azekura.storagenode.cartridge.drive.Loaded;

/**
 * Looks what a cartridge begins with, and writes a label on a blank one. Such a label stands alone: without the mark that ends the labelling of a volume it
 * says whose the cartridge is, and that nothing is on it yet. Whoever makes a volume of it writes that volume's own label in its place.
 *
 * @param where for people
 */
record CartridgeLook(String where) {

    /** The drive stands behind what it begins with. */
    LibraryAnswer.CartridgeFound found(Loaded loaded) throws BackupException {
        return switch (loaded.first()) {
            case First.Blank blank -> answer(loaded, LibraryAnswer.Beginning.BLANK, false, null, false, "");
            case First.Labelled labelled -> answer(loaded, LibraryAnswer.Beginning.LABELLED, false, labelled.bytes(), isMore(loaded.bay()), "");
            case First.Other other -> answer(loaded, LibraryAnswer.Beginning.OTHER, false, null, true, other.why());
        };
    }

    private static LibraryAnswer.CartridgeFound answer(Loaded loaded, LibraryAnswer.Beginning beginning, boolean written, byte[] label, boolean more, String what) {
        return new LibraryAnswer.CartridgeFound(beginning, written, label, more, what, loaded.cartridge() == null ? -1 : loaded.cartridge().capacity());
    }

    /** Whether anything stands behind the filemark that follows the label; what can't be read is something. */
    private static boolean isMore(Bay bay) throws BackupException {
        try {
            return switch (bay.read()) {
                case ReadResult.EndOfData end -> false;
                case ReadResult.Filemark mark -> !(bay.read() instanceof ReadResult.EndOfData);
                case ReadResult.Block block -> true;
                case ReadResult.TooLong tooLong -> true;
            };
        } catch (BackupException e) {
            if (Trouble.is(e, "media.read") || Trouble.is(e, "media.key")) {
                return true;
            }
            throw e;
        }
    }

    /**
     * @param label     whole
     * @param isGivenUp whether what is there is needed no more
     * @throws BackupException {@code volume.label} if it was not read back as it was written, {@code volume.quarantined} if it is no label
     */
    LibraryAnswer.CartridgeFound label(Loaded loaded, byte[] label, boolean isGivenUp) throws BackupException {
        if (!isGivenUp && !(loaded.first() instanceof First.Blank)) {
            return found(loaded);
        }
        Label.parse(label);
        Bay bay = loaded.bay();
        bay.moved();
        bay.drive().rewind();
        boolean written = bay.drive().write(ByteBuffer.wrap(label)).isWritten() && bay.drive().writeFilemarks(1, true).isWritten() && bay.sync().isWritten();
        if (!written) {
            throw Trouble.full(where, "there is no room for a label");
        }
        if (!Bays.isLabel(bay, label) || !(bay.read() instanceof ReadResult.EndOfData)) {
            throw BackupException.media("volume.label", where, where + ": a label of " + Label.BYTES + " bytes was written, and not read back as it was;"
                    + " try another cartridge, or another drive", null);
        }
        return answer(loaded, LibraryAnswer.Beginning.LABELLED, true, label, false, "");
    }
}
