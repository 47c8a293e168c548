package org.azekura.server.disk;

import java.util.regex.Pattern;
import org.azekura.api.server.ApplianceDisks.Disk;
import org.azekura.api.server.DiskHealth;

/**
 * A disk as it was asked for its health.
 *
 * @param model  empty if it has none
 * @param serial likewise
 * @param bytes  0 if it tells none
 */
record Checkup(String model, String serial, long bytes, DiskHealth health) {

    /** A disk of NVMe is a namespace of what is asked: {@code nvme0n1} of {@code /dev/nvme0}. */
    private static final Pattern NAMESPACE = Pattern.compile("(nvme\\d+)n\\d+");
    private static final Pattern BLANKS = Pattern.compile("[\\s_]+");
    private static final String ALONE = "the system has no such disk: it is behind a controller, or was taken out";

    /**
     * Whether this is about that disk: by the serial number where both have one, for a name may be another disk's since; else by the name.
     */
    boolean isOf(Disk disk) {
        if (!serial.isEmpty() && !disk.serial().isEmpty()) {
            return plain(serial).equals(plain(disk.serial()));
        }
        return name().equals(disk.name()) || name().equals(NAMESPACE.matcher(disk.name()).replaceFirst("$1"));
    }

    /** Where the system has none that this is about. */
    Disk alone() {
        return new Disk(health.device(), serial, model, bytes, "", ALONE, "", health);
    }

    private String name() {
        return health.device().replaceFirst("^/dev/", "");
    }

    /** udev writes underscores for blanks. */
    private static String plain(String serial) {
        return BLANKS.matcher(serial.strip()).replaceAll("_");
    }
}
