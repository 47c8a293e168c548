package org.azekura.api;

/**
 * What a restore rehearsal took its time for, in milliseconds.
 *
 * @param waiting    until the plan, the storage node and the medium gave something
 * @param firstByte  from its begin until the first content came; -1 if none did
 * @param reading    while content came
 * @param restoring  while it was opened, written and made durable
 * @param comparing  while it was read back, compared and removed
 */
public record DrillTimes(long waiting, long firstByte, long reading, long restoring, long comparing) {

    /** The same for one that began so much earlier, and waited. */
    public DrillTimes since(long earlier) {
        return new DrillTimes(waiting + earlier, firstByte < 0 ? firstByte : firstByte + earlier, reading, restoring, comparing);
    }

    /** How fast content was read and restored, waits and comparison left out. @return bytes a second; 0 if that took no time */
    public long rate(long bytes) {
        long ms = reading + restoring;
        return ms <= 0 ? 0 : Math.round(bytes * 1000.0 / ms);
    }
}
