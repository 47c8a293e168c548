package org.azekura.storagenode.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.azekura.api.VolumeId;

/**
 * What an index is of, and whether its other files are as they were last written.
 *
 * @param boot       of the kernel that has, or had, the files in memory
 * @param clean      whether they were made durable, and not touched since
 * @param generation that the other files must be of
 */
record IndexHead(VolumeId volume, UUID boot, boolean clean, long generation) {

    private static final long MAGIC = 0x415a_454b_4348_0000L; // "AZEKCH" and version 0
    private static final int BYTES = 8 + 16 + 16 + 4 + 8 + 4;
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** Of the kernel that runs. Where it cannot be asked it is never the same twice, so that only a clean end counts. */
    static UUID currentBoot() {
        try {
            return UUID.fromString(Files.readString(BOOT).strip());
        } catch (IOException | IllegalArgumentException e) {
            return UUID.randomUUID();
        }
    }

    /** Whether the files can be taken as they are: a process that was killed leaves what it wrote to the kernel, power loss does not. */
    boolean usable(VolumeId wanted, UUID now) {
        return volume.equals(wanted) && (clean || boot.equals(now));
    }

    /** Null if there is none that can be read. */
    static IndexHead read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != BYTES) {
            return null;
        }
        ByteBuffer from = ByteBuffer.wrap(Files.readAllBytes(file));
        if (from.remaining() != BYTES || from.getInt(BYTES - 4) != checksum(from) || from.getLong() != MAGIC) {
            return null;
        }
        VolumeId volume = VolumeId.read(from);
        UUID boot = new UUID(from.getLong(), from.getLong());
        return new IndexHead(volume, boot, from.getInt() == 1, from.getLong());
    }

    /** As a whole or not at all; {@code durable} at return if that matters. */
    void write(Path file, boolean durable) throws IOException {
        ByteBuffer to = ByteBuffer.allocate(BYTES).putLong(MAGIC);
        volume.write(to);
        to.putLong(boot.getMostSignificantBits()).putLong(boot.getLeastSignificantBits()).putInt(clean ? 1 : 0).putLong(generation);
        to.putInt(checksum(to)).flip();
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        try (FileChannel channel = FileChannel.open(beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            while (to.hasRemaining()) {
                channel.write(to);
            }
            if (durable) {
                channel.force(true);
            }
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        if (durable) {
            sync(file.getParent());
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }

    private static int checksum(ByteBuffer head) {
        CRC32C crc = new CRC32C();
        crc.update(head.array(), 0, BYTES - 4);
        return (int) crc.getValue();
    }
}
