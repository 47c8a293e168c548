package org.azekura.driver.sftp;

import java.io.IOException;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.sftp.common.SftpException;

/**
 * Tells a folder of a server from another of the same path. The server is told by the key that it has proven to have, the disk by the number of its file system there. Where
 * the folder is a disk's own root it is told by that; else by the folder above it and its name, so that it is the same after somebody has removed it. Where a disk is not mounted, what
 * is found at the path lies on another file system. A number that a file system has from where it is plugged in tells no disk from another that takes its turn there.
 */
final class SftpPlace {

    /**
     * What fits into so many bits is the number of a block device, as XFS has it ({@code huge_encode_dev} in its {@code statfs}). ext4, btrfs and others make 64 bits out of the
     * identifier that the file system was made with.
     */
    private static final int BITS_OF_A_DEVICE = 32;

    private SftpPlace() {}

    /** Empty if the server does not number its file systems, or numbers this one as a block device. */
    static Optional<String> of(Line line, String path) throws IOException {
        if (!line.has(Extension.ROOM)) {
            return Optional.empty();
        }
        String above = path.startsWith("/") ? path.lastIndexOf('/') == 0 ? "/" : Folders.above(path) : path.contains("/") ? Folders.above(path) : ".";
        long system = system(line, above);
        long own = isThere(line, path) ? system(line, path) : system;
        if (system == 0 || own >>> BITS_OF_A_DEVICE == 0) {
            return Optional.empty();
        }
        String server = KeyUtils.getFingerPrint(BuiltinDigests.sha256, line.getSession().getServerKey());
        return Optional.of(own != system || path.equals("/") ? "at " + server + " " + Long.toHexString(own)
                : "in " + server + " " + Long.toHexString(system) + " " + line.canonicalPath(above) + " " + path.substring(path.lastIndexOf('/') + 1));
    }

    private static long system(Line line, String path) throws IOException {
        return line.system(line.ask(Request.extended(Extension.ROOM, path)));
    }

    private static boolean isThere(Line line, String path) throws IOException {
        try {
            return line.stat(path).isDirectory();
        } catch (SftpException e) {
            if (SftpFault.absent(e)) {
                return false;
            }
            throw e;
        }
    }
}
