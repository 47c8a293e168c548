package org.azekura.api.server;

import java.util.Locale;

/**
 * What a disk of this machine says of its own health. Null where it does not say.
 *
 * @param device      that was asked, like {@code /dev/sda}; of NVMe it is what holds the disk, like {@code /dev/nvme0}
 * @param protocol    ata, scsi or nvme
 * @param temperature in degrees Celsius
 * @param hot         whether that is more than it may be, by its own measure
 * @param hours       for which it ran
 * @param pending     sectors that can't be read now
 * @param errors      sectors that were replaced or lost, since it was made
 * @param grown       how many of these came within thirty days
 * @param used        how much of its life it has spent, in percent; it may be more than a hundred
 * @param spent       whether the spare blocks are used up
 */
public record DiskHealth(String device, String protocol, Verdict verdict, Integer temperature, boolean hot, Long hours, Long pending, Long errors, long grown, Integer used,
        boolean spent) {

    /** From here on a disk counts as worn. */
    public static final int WORN_percent = 90;

    /** The disk's own. */
    public enum Verdict {
        GOOD,
        /** It will fail soon, or does. */
        FAILING,
        /** It does not say. */
        UNKNOWN;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean worn() {
        return spent || used != null && used >= WORN_percent;
    }

    /** Whether data on it are lost, or more are than were a month ago. */
    public boolean erring() {
        return grown > 0 || pending != null && pending > 0;
    }
}
