package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.storagenode.cartridge.blob.Content;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.testkit.device.Blobs;

/** A blob whose writer is stopped when a block of it is to be written: between two calls of the drive, as a process may be, and for long enough. */
final class Stopped implements Content {

    private final byte[] bytes;
    private final int block;
    private final Meanwhile meanwhile;
    private final AtomicInteger blocks = new AtomicInteger();

    /** What others do. */
    interface Meanwhile {
        void happens() throws BackupException;
    }

    private Stopped(byte[] bytes, int block, Meanwhile meanwhile) {
        this.bytes = bytes;
        this.block = block;
        this.meanwhile = meanwhile;
    }

    /** @param block from 0, of which the content is asked for then; none with -1 */
    static Waiting at(String key, int size, int block, Meanwhile meanwhile) {
        return new Waiting(key, new Stopped(content(key, size), block, meanwhile));
    }

    static byte[] content(String key, int size) {
        return Blobs.random(new Random(key.hashCode()), size);
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long offset, ByteBuffer into) throws BackupException {
        if (blocks.getAndIncrement() == block) {
            meanwhile.happens();
        }
        into.put(bytes, (int) offset, into.remaining());
    }
}
