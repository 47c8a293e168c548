package org.azekura.api.device;

/**
 * What came of writing, and how near the end of the tape is then. Each of the warnings is repeated by every write behind the place where it came first (SSC-3,
 * early warning and programmable early warning).
 */
public enum WriteResult {
    /** Written. */
    WRITTEN,
    /** Written; the end is as near as {@link Drive#programWarning} has asked to be told. */
    PROGRAMMED_WARNING,
    /** Written; there is room only for what closes the cartridge. */
    EARLY_WARNING,
    /** Not written: there is no room for it (sense key Dh). The drive stands where it stood. */
    FULL;

    /** Whether it was taken. Whether it is on the tape is another question. */
    public boolean isWritten() {
        return this != FULL;
    }
}
