package org.azekura.client.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.CRC32C;
import org.azekura.api.JobId;
import org.azekura.api.SnapshotId;

/** How far a job has come: which part of a cache that was begun is durable, with all it refers to. */
record Point(JobId job, CacheWriter.Cut cut) {

    private static final int MAGIC = 0x415a5030; // AZP0
    private static final int BYTES = 4 + 8 + 16 + 8 + 8 + 4;

    /** Replaces the file; durable at return. @param passing beside it, may be left over */
    void write(Path file, Path passing) throws IOException {
        Files.deleteIfExists(passing);
        try (FileChannel channel = FileChannel.open(passing, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer encoded = encoded();
            while (encoded.hasRemaining()) {
                channel.write(encoded);
            }
            channel.force(true);
        }
        Files.move(passing, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private ByteBuffer encoded() {
        ByteBuffer out = ByteBuffer.allocate(BYTES).putInt(MAGIC).putLong(job.value());
        cut.snapshot().write(out);
        out.putLong(cut.bytes()).putLong(cut.entries());
        return out.putInt(crc(out.array())).flip();
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, BYTES - 4);
        return (int) crc.getValue();
    }

    /** @throws IOException if it cannot be read or is not whole */
    static Point read(Path file) throws IOException {
        if (Files.size(file) != BYTES) {
            throw new IOException(file + " has " + Files.size(file) + " bytes, expected " + BYTES);
        }
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getInt(0) != MAGIC || in.getInt(BYTES - 4) != crc(bytes)) {
            throw new IOException(file + " is not whole");
        }
        in.position(4);
        return new Point(new JobId(in.getLong()), new CacheWriter.Cut(SnapshotId.read(in), in.getLong(), in.getLong()));
    }
}
