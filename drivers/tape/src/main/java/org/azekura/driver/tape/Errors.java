package org.azekura.driver.tape;

import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive.Counters;

/**
 * The errors that a drive has counted (SPC-4, write error counter page 02h and read error counter page 03h: parameter 0003h is what was corrected, 0006h what was not; so it
 * stands in the SCSI references of Quantum's LTO-3, LTO-4 and DLT-S4 and of HP's LTO drives, too). HP's forget them when the cartridge is unloaded, others when they are
 * told to: so they are read at both ends of a mount, and what counts is the difference. One thread at a time.
 */
final class Errors {

    static final int WRITE_PAGE = 0x02;
    static final int READ_PAGE = 0x03;

    private static final int LENGTH = 512;
    private static final int CORRECTED = 0x0003;
    private static final int UNCORRECTED = 0x0006;

    private final Logs logs;
    private Counters before = Counters.NONE;
    private Counters last = Counters.NONE;
    private boolean loaded;

    Errors(Logs logs) {
        this.logs = logs;
    }

    static boolean isOn(Set<Integer> pages) {
        return pages.contains(WRITE_PAGE) || pages.contains(READ_PAGE);
    }

    private Counters read() throws BackupException {
        Map<Integer, Long> write = Logs.numbers(logs.page(WRITE_PAGE, LENGTH), WRITE_PAGE);
        Map<Integer, Long> read = Logs.numbers(logs.page(READ_PAGE, LENGTH), READ_PAGE);
        return new Counters(write.getOrDefault(CORRECTED, -1L), write.getOrDefault(UNCORRECTED, -1L), read.getOrDefault(CORRECTED, -1L),
                read.getOrDefault(UNCORRECTED, -1L));
    }

    /** A cartridge is ready. */
    void begin(boolean known) throws BackupException {
        before = known ? read() : Counters.NONE;
        last = since(before);
        loaded = known;
    }

    /** It is about to be unloaded. */
    void end() throws BackupException {
        take();
        loaded = false;
    }

    Counters take() throws BackupException {
        if (loaded) {
            last = since(read());
        }
        return last;
    }

    private Counters since(Counters now) {
        return new Counters(since(now.writeCorrected(), before.writeCorrected()), since(now.writeUncorrected(), before.writeUncorrected()),
                since(now.readCorrected(), before.readCorrected()), since(now.readUncorrected(), before.readUncorrected()));
    }

    /** A number that has become less was begun anew. */
    private static long since(long now, long from) {
        return now < 0 || from < 0 || now < from ? now : now - from;
    }
}
