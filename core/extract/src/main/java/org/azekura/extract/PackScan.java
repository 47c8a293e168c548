package org.azekura.extract;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;

/** Finds what is in one pack: by its index, else by its frames, if need be without its header. */
record PackScan(Volume volume, PackId id, Notes notes) {

    /** Offsets are kept in 32 bits. */
    private static final long MAX_BYTES = 1L << 32;

    /** Takes one pack. */
    @FunctionalInterface
    interface Taker {

        /** @param index null if the header is lost */
        void take(Media.Pack pack, PackIndex index, List<IndexEntry> entries);
    }

    /** A pack of which nothing can be read is taken, too: without chunks. */
    void read(Taker taker) {
        long size = -1;
        try (Medium.Blob source = volume.pack(id)) {
            size = source.size();
            if (size > MAX_BYTES) {
                throw BackupException.corrupt("pack.large", id.toString(), "pack " + id + ": " + size + " bytes, expected at most " + MAX_BYTES);
            }
            PackReader reader = new PackReader(source);
            PackIndex index = index(reader);
            List<IndexEntry> entries = index == null ? reader.frames() : index.entries();
            taker.take(new Media.Pack(volume, id, index == null ? null : index.kind(), size, entries.size()), index, entries);
        } catch (BackupException e) {
            notes.warn("volume \"" + volume.name() + "\": pack " + id + " cannot be read: " + e.getMessage());
            taker.take(new Media.Pack(volume, id, null, size, -1), null, List.of());
        }
    }

    /** Null if not even the header can be read. */
    private PackIndex index(PackReader reader) throws BackupException {
        try {
            return reader.index();
        } catch (BackupException e) {
            if (!e.failure().code().equals("pack.corrupt")) {
                throw e;
            }
            notes.detail("volume \"" + volume.name() + "\", pack " + id + ": " + e.getMessage() + "; what is whole of it is used");
        }
        try {
            return reader.scan();
        } catch (BackupException e) {
            if (!e.failure().code().equals("pack.corrupt")) {
                throw e;
            }
            return null;
        }
    }
}
