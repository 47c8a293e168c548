package org.azekura.client.restore;

import java.util.Arrays;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.HeldEntry;
import org.azekura.client.posix.PosixException;
import org.azekura.engine.tree.Entry;

/** Symbolic links, FIFOs, sockets and devices: what can be made only by name, and be looked at only afterwards. */
final class Special {

    private Special() {}

    /** Whether what is held can be what was made for this entry, and has no other name. */
    static boolean is(HeldEntry held, FileStat stat, Entry entry) throws PosixException {
        return stat.type() == FileType.valueOf(entry.type().name()) && stat.links() == 1 && switch (entry.type()) {
            case SYMLINK -> Arrays.equals(held.readLink(), entry.target());
            case BLOCK, CHARACTER -> stat.major() == entry.major() && stat.minor() == entry.minor();
            case FIFO, SOCKET -> true;
            case FILE, DIRECTORY -> false;
        };
    }
}
