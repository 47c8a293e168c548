package org.azekura.storagenode.cartridge.set;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.ReadResult;
import org.azekura.engine.tape.BlobHead;
import org.azekura.engine.tape.TapeBlock;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.Bay;

/**
 * Reads the key rings that came with the label of a cartridge: no drive has sealed these, so that who has a key of the pool, and nothing else, can make the key of
 * the cartridge.
 */
public final class PlainRings {

    /** A label comes with no more. */
    private static final int MOST = 100;

    private PlainRings() {}

    /** In a drive that stands behind the label. Ends at what is no ring, can't be read, or is sealed. */
    public static List<byte[]> read(Bay bay, String where) throws BackupException {
        List<byte[]> rings = new ArrayList<>();
        try {
            while (rings.size() < MOST && bay.read() instanceof ReadResult.Filemark && bay.read() instanceof ReadResult.Block) {
                ByteBuffer bytes = bay.block();
                TapeBlock block = TapeBlock.parse(bytes, where);
                BlobHead head = BlobHead.read(bytes, where);
                if (!block.first() || !block.last() || block.deletion() || !Rings.is(head.key(), head.size()) || head.size() != bytes.remaining()) {
                    return rings;
                }
                byte[] ring = new byte[bytes.remaining()];
                bytes.get(ring);
                rings.add(ring);
            }
        } catch (BackupException e) {
            if (!Trouble.is(e, "media.read") && !Trouble.is(e, "media.key") && !Trouble.is(e, TapeBlock.CORRUPT)) {
                throw e;
            }
        }
        return rings;
    }
}
