package org.azekura.driver.tape.scsi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The one place that says what an answer means: by sense key, additional code and qualifier, the exact ones first. Every key has a row for all that is not
 * named. Names are those of SPC-3, SSC-3 and SMC-3; 82/82 is what LTO drives say when they want to be cleaned.
 */
public final class SenseTable {

    /** In a row: whatever it is. */
    public static final int ANY = -1;

    /**
     * A row.
     *
     * @param text for people
     */
    public record Row(int key, int asc, int ascq, Verdict verdict, String text) {}

    private static final List<Row> ROWS = List.of(
            row(0x0, ANY, ANY, Verdict.DONE, "no sense"),
            row(0x0, 0x00, 0x01, Verdict.FILEMARK, "a filemark"),
            row(0x0, 0x00, 0x02, Verdict.EARLY_WARNING, "the end of the tape is near"),
            row(0x0, 0x00, 0x04, Verdict.BEGINNING, "the beginning of the tape"),
            row(0x0, 0x00, 0x05, Verdict.END_OF_DATA, "the end of data"),
            row(0x0, 0x00, 0x07, Verdict.PROGRAMMED_WARNING, "the end of the tape is as near as was programmed"),
            row(0x0, 0x00, 0x17, Verdict.CLEAN, "the drive asks to be cleaned"),
            row(0x0, 0x82, 0x82, Verdict.CLEAN, "the drive asks to be cleaned"),
            row(0x1, ANY, ANY, Verdict.NOTE, "an error that was corrected"),
            row(0x1, 0x00, 0x17, Verdict.CLEAN, "the drive asks to be cleaned"),
            row(0x1, 0x82, 0x82, Verdict.CLEAN, "the drive asks to be cleaned"),
            row(0x2, ANY, ANY, Verdict.OPERATOR, "the device is not ready"),
            row(0x2, 0x04, 0x00, Verdict.RETRY, "the device is not ready, and does not say why"),
            row(0x2, 0x04, 0x01, Verdict.RETRY, "the device is becoming ready"),
            row(0x2, 0x04, 0x02, Verdict.LOAD, "the cartridge must be loaded first"),
            row(0x2, 0x04, 0x07, Verdict.RETRY, "the device is busy with what it was told before"),
            row(0x2, 0x04, 0x12, Verdict.OPERATOR, "the device is offline"),
            row(0x2, 0x30, 0x03, Verdict.CLEANING, "there is a cleaning cartridge in the drive"),
            row(0x2, 0x3a, ANY, Verdict.EMPTY, "there is no cartridge"),
            row(0x3, ANY, ANY, Verdict.SUSPECT_TAPE, "the medium is bad here"),
            row(0x3, 0x00, 0x02, Verdict.END_OF_DATA, "the end of the tape"),
            row(0x3, 0x30, ANY, Verdict.UNFIT, "the drive can't use this kind of cartridge"),
            row(0x3, 0x30, 0x07, Verdict.SUSPECT_DRIVE, "cleaning failed"),
            row(0x3, 0x30, 0x0c, Verdict.PROTECTED, "the cartridge is written once, and there are data here"),
            row(0x3, 0x3b, 0x00, Verdict.REPOSITION, "the drive lost its place"),
            row(0x3, 0x3b, 0x08, Verdict.REPOSITION, "the drive lost its place"),
            row(0x4, ANY, ANY, Verdict.SUSPECT_DRIVE, "the device is broken"),
            row(0x4, 0x10, 0x01, Verdict.GARBLED, "a block does not have its checksum"),
            row(0x4, 0x15, ANY, Verdict.JAM, "the picker can't get to its place"),
            row(0x4, 0x3b, ANY, Verdict.JAM, "the picker can't get to its place"),
            row(0x4, 0x53, ANY, Verdict.JAM, "a cartridge can't be taken in or let out"),
            row(0x5, ANY, ANY, Verdict.UNSUPPORTED, "the device refuses the command"),
            row(0x5, 0x20, 0x00, Verdict.UNSUPPORTED, "the device has no such command"),
            row(0x5, 0x21, ANY, Verdict.ADDRESS, "there is no such element"),
            row(0x5, 0x24, 0x00, Verdict.UNSUPPORTED, "the device has no such form of the command"),
            row(0x5, 0x26, 0x00, Verdict.UNSUPPORTED, "the device has no such parameter"),
            row(0x5, 0x3a, ANY, Verdict.EMPTY, "there is no cartridge"),
            row(0x5, 0x3b, 0x0d, Verdict.TAKEN, "there is a cartridge already"),
            row(0x5, 0x3b, 0x0e, Verdict.EMPTY, "there is no cartridge"),
            row(0x5, 0x3b, 0x11, Verdict.OPERATOR, "the magazine is not there"),
            row(0x5, 0x3b, 0x12, Verdict.OPERATOR, "the magazine is not there"),
            row(0x5, 0x53, ANY, Verdict.HELD, "the cartridge is not let go of"),
            row(0x6, ANY, ANY, Verdict.ATTENTION, "something happened to the device"),
            row(0x6, 0x28, 0x00, Verdict.ATTENTION, "the cartridge may have changed"),
            row(0x6, 0x28, 0x01, Verdict.ATTENTION, "a mail slot was opened"),
            row(0x6, 0x29, ANY, Verdict.ATTENTION, "the device was reset, or this session is new"),
            row(0x6, 0x2a, ANY, Verdict.ATTENTION, "somebody changed the settings of the device"),
            row(0x6, 0x3f, ANY, Verdict.ATTENTION, "the device is another one"),
            row(0x7, ANY, ANY, Verdict.PROTECTED, "the cartridge takes no data"),
            row(0x7, 0x27, ANY, Verdict.PROTECTED, "the cartridge is write-protected"),
            row(0x7, 0x30, 0x0c, Verdict.PROTECTED, "the cartridge is written once, and there are data here"),
            row(0x7, 0x74, ANY, Verdict.KEY, "the drive has not the key of what lies here"),
            row(0x8, ANY, ANY, Verdict.END_OF_DATA, "the end of data"),
            row(0x9, ANY, ANY, Verdict.SUSPECT_DRIVE, "something that only its maker knows"),
            row(0xa, ANY, ANY, Verdict.REPOSITION, "the copy was given up"),
            row(0xb, ANY, ANY, Verdict.REPOSITION, "the device gave the command up"),
            row(0xb, 0x10, 0x01, Verdict.GARBLED, "a block does not have its checksum"),
            row(0xc, ANY, ANY, Verdict.REPOSITION, "an answer that is none"),
            row(0xd, ANY, ANY, Verdict.NEXT_TAPE, "the tape is full"),
            row(0xe, ANY, ANY, Verdict.SUSPECT_TAPE, "what was compared differs"),
            row(0xf, ANY, ANY, Verdict.REPOSITION, "an answer that is none"));

    private static final Map<Integer, Row> BY_CODE = new HashMap<>();

    static {
        ROWS.forEach(row -> BY_CODE.put(code(row.key(), row.asc(), row.ascq()), row));
    }

    private SenseTable() {}

    /** All of it. */
    public static List<Row> rows() {
        return ROWS;
    }

    /** The row for what was said. */
    public static Row row(Sense sense) {
        Row exact = BY_CODE.get(code(sense.key(), sense.asc(), sense.ascq()));
        if (exact != null) {
            return exact;
        }
        Row wider = BY_CODE.get(code(sense.key(), sense.asc(), ANY));
        return wider != null ? wider : BY_CODE.get(code(sense.key(), ANY, ANY));
    }

    /**
     * What is to be done. A tape's flags say more than the codes: drives tell a filemark by the flag alone, and what was written behind the early
     * warning by EOM, be it after an error that was corrected.
     */
    public static Verdict verdict(Sense sense) {
        Verdict verdict = row(sense).verdict();
        if (sense.filemark() && sense.key() <= 1) {
            return Verdict.FILEMARK;
        }
        return sense.endOfMedium() && verdict.isDone() && verdict != Verdict.PROGRAMMED_WARNING ? Verdict.EARLY_WARNING : verdict;
    }

    private static Row row(int key, int asc, int ascq, Verdict verdict, String text) {
        return new Row(key, asc, ascq, verdict, text);
    }

    private static int code(int key, int asc, int ascq) {
        return key << 18 | (asc & 0x1ff) << 9 | ascq & 0x1ff;
    }
}
