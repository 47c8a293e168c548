package org.azekura.storagenode.cartridge.note;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are replaced whole, also across a loss of power. */
public final class NoteFile {

    private NoteFile() {}

    /** Writes what is to be in a file. */
    interface Filling {
        void write(FileChannel to) throws IOException;
    }

    /** Durable at return. */
    public static void replace(Path file, byte[] content) throws IOException {
        open(file, to -> {
            for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining();) {
                to.write(rest);
            }
        }).close();
    }

    /** The same, and the file for more at its end. */
    static FileChannel open(Path file, Filling content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        boolean fine = false;
        try {
            content.write(channel);
            channel.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
            fine = true;
            return channel;
        } finally {
            if (!fine) {
                channel.close();
            }
        }
    }
}
