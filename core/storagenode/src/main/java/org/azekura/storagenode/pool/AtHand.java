package org.azekura.storagenode.pool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.device.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs that were copied from cartridges while these were in a drive, for whoever asks for them soon: in a file without a name, gone when it is let go of, and with the process.
 * A copy counts only as long as its blob lies where it was read: nothing on a tape changes. What can't be kept is read where it lies. Safe for any number of threads; one
 * at a time keeps.
 */
final class AtHand {

    private static final int PART = 1 << 20;
    /** Of what is free on the disk, one blob may take so much. */
    private static final int SHARE = 4;
    private static final Logger LOG = LoggerFactory.getLogger(AtHand.class);

    private record Copy(BlobPlace place, FileChannel file, long at, long size) {}

    /** Where a blob lies on tape; empty if on none. Needs no drive. */
    @FunctionalInterface
    interface Places {
        Optional<BlobPlace> of(String key) throws BackupException;
    }

    private final Path folder;
    private final Places places;
    private final Map<String, Copy> copies = new ConcurrentHashMap<>();
    /** Null while nothing is kept. */
    private volatile FileChannel file;

    /** @param folder on a disk of the node's */
    AtHand(Path folder, Places places) {
        this.folder = folder;
        this.places = places;
    }

    /**
     * Copies a blob, if it can be read and there is room.
     *
     * @throws BackupException if what has it is gone
     */
    void keep(Device device, String key, long size) throws BackupException {
        try {
            Optional<BlobPlace> place = places.of(key);
            if (place.isPresent() && size <= Files.getFileStore(folder).getUsableSpace() / SHARE) {
                copy(device, key, size, place.get());
            }
        } catch (IOException e) {
            LOG.info("{} is not kept in {}, but read again when it is asked for: {}", key, folder, e.toString());
        } catch (BackupException e) {
            if (Device.isGone(e)) {
                throw e;
            }
            LOG.info("{} is not kept: {}", key, e.getMessage());
        }
    }

    private void copy(Device device, String key, long size, BlobPlace place) throws BackupException, IOException {
        if (file == null) {
            file = begun();
        }
        long at = file.size();
        for (long done = 0; done < size;) {
            long from = done;
            ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART, size - done));
            if (device.call("read " + key, CartridgePlaces.PATIENCE, store -> store.read(key, from, part)) == 0) {
                return;
            }
            done += part.flip().remaining();
            while (part.hasRemaining()) {
                file.write(part, at + done - part.remaining());
            }
        }
        copies.put(key, new Copy(place, file, at, size));
    }

    private FileChannel begun() throws IOException {
        Path path = Files.createTempFile(folder, "at-hand-", ".new");
        FileChannel begun = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Files.delete(path);
        return begun;
    }

    /** The same store, to be read: what was kept of it is read from here. */
    BlobStore on(BlobStore store) {
        return copies.isEmpty() ? store : new AtHandStore(store, this);
    }

    /** As {@link BlobStore#read}; -1 if it is not here. */
    int read(String key, long offset, ByteBuffer into) throws BackupException {
        Copy copy = copies.get(key);
        if (copy == null || !lies(copy, places.of(key))) {
            return -1;
        }
        int length = Math.clamp(copy.size - offset, 0, into.remaining());
        ByteBuffer part = into.slice(into.position(), length);
        try {
            while (part.hasRemaining()) {
                if (copy.file.read(part, copy.at + offset + part.position()) < 0) {
                    return -1;
                }
            }
        } catch (IOException e) {
            LOG.debug("{} is read where it lies: {}", key, e.toString());
            return -1;
        }
        into.position(into.position() + length);
        return length;
    }

    private static boolean lies(Copy copy, Optional<BlobPlace> now) {
        return now.isPresent() && now.get().volume().equals(copy.place.volume()) && now.get().position().object() == copy.place.position().object();
    }

    /** Gives back the room. */
    void letGo() {
        copies.clear();
        FileChannel gone = file;
        file = null;
        try {
            if (gone != null) {
                gone.close();
            }
        } catch (IOException e) {
            LOG.warn("a file in {} can't be closed: {}", folder, e.toString());
        }
    }
}
