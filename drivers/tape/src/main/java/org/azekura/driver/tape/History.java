package org.azekura.driver.tape;

import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive.Life;

/**
 * What the memory of a cartridge tells of its life (SSC-4, volume statistics page 17h; LTO drives have it from generation 5 on). Parameter 0000h says whether the
 * page is of the cartridge that is there; 0001h counts loads, 0004h and 0009h errors that were not recovered while writing and reading, 0010h and 0011h millions
 * of bytes written and read. One thread at a time.
 */
final class History {

    static final int PAGE = 0x17;

    private static final int LENGTH = 4096;
    private static final int VALID = 0x0000;
    private static final int LOADS = 0x0001;
    private static final int WRITE_UNCORRECTED = 0x0004;
    private static final int READ_UNCORRECTED = 0x0009;
    private static final int WRITTEN = 0x0010;
    private static final int READ = 0x0011;
    private static final long MILLION = 1_000_000;

    private final Logs logs;
    private Boolean known;

    History(Logs logs) {
        this.logs = logs;
    }

    /** With a cartridge that is loaded. */
    Life life() throws BackupException {
        if (known == null) {
            known = isOn(logs.pages());
        }
        return known ? parse(logs.page(PAGE, LENGTH)) : Life.NONE;
    }

    private static boolean isOn(Set<Integer> pages) {
        return pages.contains(PAGE);
    }

    static Life parse(byte[] page) {
        Map<Integer, Long> all = Logs.numbers(page, PAGE);
        if (all.getOrDefault(VALID, 0L) == 0) {
            return Life.NONE;
        }
        return new Life(all.getOrDefault(LOADS, -1L), bytes(all.getOrDefault(WRITTEN, -1L)), bytes(all.getOrDefault(READ, -1L)),
                all.getOrDefault(WRITE_UNCORRECTED, -1L), all.getOrDefault(READ_UNCORRECTED, -1L));
    }

    private static long bytes(long millions) {
        return millions < 0 ? -1 : millions > Long.MAX_VALUE / MILLION ? Long.MAX_VALUE : millions * MILLION;
    }
}
