package org.azekura.storagenode.cartridge.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory outside of the heap blocks may take on their way to drives, in bytes, for all drives of this process together. Thread-safe. */
public final class RingMemory {

    /** That of this process. */
    public static final RingMemory SHARED = new RingMemory(usual());

    private static final long LEAST = 4L << 20;

    private long most;
    private long taken;

    RingMemory(long most) {
        this.most = most;
    }

    /** 1 GiB, or an eighth of the machine's memory if that is less. */
    public static long usual() {
        return Math.min(1L << 30, machine() / 8);
    }

    private static long machine() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemTotal:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Another system: what Java may have is a part of what there is.
        }
        return Runtime.getRuntime().maxMemory();
    }

    /** From now on; who has more keeps it until he is through. */
    public synchronized void allow(long bytes) {
        most = bytes;
    }

    /** At most so many, and half of what is left: another drive may begin meanwhile. Never less than 4 MiB. */
    synchronized long take(long wanted) {
        long bytes = Math.max(LEAST, Math.min(wanted, (most - taken) / 2));
        taken += bytes;
        return bytes;
    }

    synchronized void give(long bytes) {
        taken -= bytes;
    }
}
