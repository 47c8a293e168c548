package org.azekura.api.catalog;

import java.time.Instant;

/**
 * What a drive counted with a cartridge from one load on. Numbers grow until the cartridge is unloaded. Two drives count differently: compare mounts of one
 * drive only.
 *
 * @param drive          as {@link DriveErrors#drive}
 * @param loaded         by its node's clock
 * @param written        bytes of blocks
 * @param read           bytes of blocks
 * @param writeCorrected errors while writing that the drive corrected; -1 if it does not tell
 * @param readCorrected  the same while reading
 * @param uncorrected    errors that it did not; -1 likewise
 * @param held           whether it counts; not since its drive was cleaned or looked at, or its cartridge accepted
 */
public record DriveMount(String drive, String barcode, Instant loaded, long written, long read, long writeCorrected, long readCorrected, long uncorrected,
        boolean held) {

    /** The same, of which nothing is held against anybody any more. */
    public DriveMount forgotten() {
        return new DriveMount(drive, barcode, loaded, written, read, writeCorrected, readCorrected, uncorrected, false);
    }
}
