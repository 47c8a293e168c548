package org.azekura.storagenode.cartridge.blob;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;

/** What is to be written. */
public interface Content {

    long size();

    /** Fills the buffer from this offset on; there is as much. */
    void read(long offset, ByteBuffer into) throws BackupException;

    /** In memory. */
    record Bytes(byte[] bytes) implements Content {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(long offset, ByteBuffer into) {
            into.put(bytes, (int) offset, into.remaining());
        }
    }
}
