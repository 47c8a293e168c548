package org.azekura.storagenode.cartridge.volume;

import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore.Space;
import org.azekura.api.device.Drive;
import org.azekura.api.device.WriteResult;
import org.azekura.storagenode.cartridge.blob.Trouble;

/** How much fits on a cartridge still, and with which key. Any thread. */
public final class Room {

    /** Blobs up to this size (manifests, checkpoints, marks) are taken also near the end. */
    private static final long SMALL = 1 << 20;
    /** Two packs as they usually are, and what belongs to them. */
    private static final long WARNED_BEFORE = 256L << 20;

    private final CartridgeKey key;
    private volatile long capacity = -1;
    private volatile boolean ending;
    private volatile boolean once;

    public Room(CartridgeKey key) {
        this.key = key;
    }

    /** What the drive says of the cartridge that was loaded; has it warn early enough for a pack in the making, and gives it the key. */
    public void of(Drive drive, Drive.Cartridge cartridge) throws BackupException {
        capacity = cartridge.capacity();
        once = cartridge.writeOnce();
        if (drive.capabilities().programWarning() && !cartridge.writeProtected()) {
            drive.programWarning(capacity < 0 ? WARNED_BEFORE : Math.min(WARNED_BEFORE, capacity / 32));
        }
        key.give(drive);
    }

    /** Whether what is written there stays. */
    boolean isWrittenOnce() {
        return once;
    }

    void said(WriteResult worst) {
        ending |= worst != WriteResult.WRITTEN;
    }

    /** What was too long for all of it is not on it any more. */
    public void isWhole() {
        ending = false;
    }

    /** Whether the drive has said that the end is near. */
    public boolean isEnding() {
        return ending;
    }

    /** Whether the end is so near that nothing of this size is begun. */
    boolean isShort(long size) {
        return ending && size > SMALL;
    }

    /** In bytes; -1 if nobody can tell, or it was not loaded yet. */
    public long capacity() {
        return capacity;
    }

    /** @throws BackupException {@code device.full} */
    public void require(String where, String key, long size) throws BackupException {
        if (isShort(size)) {
            throw Trouble.full(where, "its end is near: there is no room for \"" + key + "\" of " + size + " bytes or more");
        }
    }

    public Space space(long written) {
        return capacity < 0 ? new Space(-1, -1) : new Space(capacity, ending ? 0 : Math.max(0, capacity - written));
    }
}
