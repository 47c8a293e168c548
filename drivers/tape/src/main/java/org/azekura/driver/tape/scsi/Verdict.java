package org.azekura.driver.tape.scsi;

/** What is to be done about an answer of a device. */
public enum Verdict {
    /** Carried out. */
    DONE,
    /** Carried out; the log has more. */
    NOTE,
    /** Carried out; the drive wants to be cleaned, between two jobs. */
    CLEAN,
    /** Carried out, what was written is written; the end of the tape is as near as was asked to be told. */
    PROGRAMMED_WARNING,
    /** Carried out, what was written is written; there is room for what closes the cartridge. */
    EARLY_WARNING,
    /** Not written: there is no room. The next cartridge. */
    NEXT_TAPE,
    /** A filemark was met. */
    FILEMARK,
    /** The data end here. */
    END_OF_DATA,
    /** The tape begins here. */
    BEGINNING,
    /** Nothing was done; the same again after a while. */
    RETRY,
    /** Nothing was done; what is in the drive must be loaded first. */
    LOAD,
    /** A cleaning cartridge is at work. */
    CLEANING,
    /** Nothing was done; there is no cartridge. */
    EMPTY,
    /** Nothing was done; there is a cartridge where one was to go. */
    TAKEN,
    /** Nothing was done; the device was reset, or what is in it changed. All that was known of it is forgotten. */
    ATTENTION,
    /** Nothing was done; this device has no such thing. */
    UNSUPPORTED,
    /** Nothing was done; there is no such element. */
    ADDRESS,
    /** Nothing was done; the cartridge is not let go of. */
    HELD,
    /** Nothing was done; the cartridge takes no data here. */
    PROTECTED,
    /** Nothing was done; the drive has not the key. */
    KEY,
    /** Not carried out: a block is not what was sent. */
    GARBLED,
    /** It is not known what was done, nor where the drive stands. */
    REPOSITION,
    /** Reading or writing failed: most likely the cartridge. */
    SUSPECT_TAPE,
    /** The device is broken. */
    SUSPECT_DRIVE,
    /** A cartridge is stuck. */
    JAM,
    /** The drive can't use this kind of cartridge. */
    UNFIT,
    /** Nothing goes without a person. */
    OPERATOR;

    /** Whether what was asked for was carried out. */
    public boolean isDone() {
        return compareTo(EARLY_WARNING) <= 0;
    }
}
