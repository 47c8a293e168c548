package org.azekura.storagenode.cartridge.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.azekura.api.VolumeId;

/**
 * A file that is called like a pack, as it was found.
 *
 * @param size    of all of it
 * @param trailer null if it has none that can be read
 * @param problem why it is no pack of the volume; null if it is one
 */
record PackFile(long size, PackTrailer trailer, String problem) {

    /** @throws IOException if it can't be opened; that of one whose bytes can't be read is a problem of its own */
    static PackFile look(Path file, VolumeId volume) throws IOException {
        long size = Files.size(file);
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            PackTrailer trailer;
            try {
                trailer = trailer(from, size);
            } catch (IOException e) {
                return new PackFile(size, null, "its end can't be read: " + e.getMessage());
            }
            return new PackFile(size, trailer, problem(trailer, size, volume));
        }
    }

    private static PackTrailer trailer(FileChannel from, long size) throws IOException {
        if (size < PackTrailer.BYTES) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(PackTrailer.BYTES);
        while (bytes.hasRemaining()) {
            if (from.read(bytes, size - bytes.remaining()) < 0) {
                return null;
            }
        }
        return PackTrailer.decode(bytes.flip());
    }

    private static String problem(PackTrailer trailer, long size, VolumeId volume) {
        return trailer == null ? "its last " + PackTrailer.BYTES + " bytes do not say what it is"
                : trailer.size() != size - PackTrailer.BYTES ? "it has " + size + " bytes, expected " + (trailer.size() + PackTrailer.BYTES)
                : !trailer.volume().equals(volume) ? "it is one of volume " + trailer.volume() + ", expected " + volume : null;
    }
}
