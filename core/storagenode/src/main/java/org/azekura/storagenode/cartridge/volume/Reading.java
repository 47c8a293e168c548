package org.azekura.storagenode.cartridge.volume;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.device.ReadResult;
import org.azekura.engine.tape.BlobHead;
import org.azekura.engine.tape.TapeBlock;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.note.Noted;

/** Reads blobs of a volume, block by block. The last block stays, for who reads on in it. One thread at a time. */
final class Reading {

    private final VolumeId volume;
    private final byte[] content = new byte[TapeBlock.MAX];
    private int length;
    /** Whose content that is; a serial of 0 for none. */
    private long serial;
    private int index;

    Reading(VolumeId volume) {
        this.volume = volume;
    }

    /** Copies what is left of a block in which this offset lies, if it is the one that stays. Whether it is. */
    boolean again(Noted blob, long offset, ByteBuffer into) {
        int block = blob.block(offset);
        if (serial != blob.serial() || index != block) {
            return false;
        }
        int from = (int) (offset - blob.offset(block));
        into.put(content, from, Math.min(into.remaining(), length - from));
        return true;
    }

    /**
     * Reads the block in which this offset lies.
     *
     * @throws BackupException {@code blob.corrupt}, {@code media.read}
     */
    void block(Bay bay, Noted blob, long offset, String where) throws BackupException {
        int block = blob.block(offset);
        String place = where + ", block " + block + " of \"" + blob.key() + "\" at " + blob.at();
        serial = 0;
        try {
            read(bay, blob, block, place);
        } catch (BackupException e) {
            if (!Trouble.is(e, "blob.corrupt")) {
                throw e;
            }
            // Somebody may have moved the tape: what is at the right place is said by a second look only.
            bay.moved();
            read(bay, blob, block, place);
        }
    }

    private void read(Bay bay, Noted blob, int block, String place) throws BackupException {
        if (!bay.standsBefore(blob, block) && !bay.readOn(blob, block) && !bay.goTo(blob.at(), block)) {
            throw Trouble.corrupt(place, "the blob ends before it, expected " + blob.blocks() + " blocks");
        }
        ReadResult read = bay.read();
        if (!(read instanceof ReadResult.Block)) {
            bay.moved();
            throw Trouble.corrupt(place, "found " + read + ", expected a block");
        }
        bay.standsBehind(blob, block);
        take(blob, block, bay.block(), place);
    }

    private void take(Noted blob, int block, ByteBuffer bytes, String place) throws BackupException {
        try {
            TapeBlock found = TapeBlock.parse(bytes, place);
            if (!blob.isBlock(volume, block, found) || block == 0 && !BlobHead.read(bytes, place).equals(blob.head())) {
                throw Trouble.corrupt(place, "found " + found);
            }
        } catch (BackupException e) {
            throw Trouble.is(e, TapeBlock.CORRUPT) ? Trouble.corrupt(place, e.getMessage()) : e;
        }
        length = bytes.remaining();
        bytes.get(content, 0, length);
        serial = blob.serial();
        index = block;
    }

    /** What stays may be of another cartridge. */
    void forget() {
        serial = 0;
    }
}
