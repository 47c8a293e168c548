package org.azekura.client.posix;

/** What a directory entry is. */
public enum FileType {
    FILE(0100000), DIRECTORY(0040000), SYMLINK(0120000), FIFO(0010000), SOCKET(0140000), BLOCK(0060000), CHARACTER(0020000);

    /** The bits of {@code st_mode} that say so. */
    final int bits;

    FileType(int bits) {
        this.bits = bits;
    }

    static FileType ofMode(int mode) {
        return switch (mode & 0170000) {
            case 0100000 -> FILE;
            case 0040000 -> DIRECTORY;
            case 0120000 -> SYMLINK;
            case 0010000 -> FIFO;
            case 0140000 -> SOCKET;
            case 0060000 -> BLOCK;
            case 0020000 -> CHARACTER;
            default -> throw new IllegalStateException("st_mode " + Integer.toOctalString(mode) + " is of no known type");
        };
    }
}
