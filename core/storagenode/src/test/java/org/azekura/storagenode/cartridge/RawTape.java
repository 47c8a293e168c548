package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.ReadResult;
import org.azekura.engine.tape.BlobHead;
import org.azekura.engine.tape.TapeBlock;
import org.azekura.storagenode.cartridge.blob.Keys;

/** What lies on a cartridge, block by block, without any of the code that wrote it but for the form of a block. */
final class RawTape {

    private RawTape() {}

    /** The keys of all whole objects behind the label and what says that the label is whole, also of those that are there twice. */
    static List<String> of(Cartridges cartridges, String barcode) throws BackupException {
        Drive drive = cartridges.load(barcode, 0);
        drive.rewind();
        ByteBuffer into = ByteBuffer.allocate(TapeBlock.MAX);
        List<String> keys = new ArrayList<>();
        String key = null;
        boolean last = false;
        for (ReadResult next = drive.read(into); !(next instanceof ReadResult.EndOfData); next = drive.read(into.clear())) {
            if (next instanceof ReadResult.Block found) {
                into.position(0).limit(found.length());
                if (found.length() == 4096 && key == null && keys.isEmpty()) {
                    continue; // the label
                }
                TapeBlock block = TapeBlock.parse(into, barcode);
                last = block.last();
                key = block.first() ? BlobHead.read(into, barcode).key() : key;
            } else if (last) {
                keys.add(key);
                last = false;
            }
        }
        keys.remove(Keys.LABEL);
        return keys;
    }
}
