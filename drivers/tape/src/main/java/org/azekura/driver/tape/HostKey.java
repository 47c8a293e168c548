package org.azekura.driver.tape;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** The key of reservations: which host it is, and which of its starts. */
final class HostKey {

    private static final Path MACHINE = Path.of("/etc/machine-id");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private HostKey() {}

    static long own() {
        return of(read(MACHINE), read(BOOT));
    }

    /** Never 0, which means no key. */
    static long of(String machine, String boot) {
        return (long) checksum(machine) << 32 | Integer.toUnsignedLong(checksum(boot)) | 1;
    }

    private static int checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            return "";
        }
    }
}
