package org.azekura.storagenode.lease;

import java.time.Duration;

/**
 * When a drive is worth a mount, and for how long it is somebody's.
 *
 * @param batch    bytes in a spool that are worth one
 * @param longest  for which something waits in a spool at most before it is
 * @param turn     that who has pressed for a drive has it at least, as long as he has something to do there
 * @param patience after which a writer that waits presses like a reader
 * @param idle     after which a cartridge that nobody wants goes back to its slot
 * @param linger   for which a drive is still its holder's when he has nothing to do there: he may come back at once
 */
public record MountRules(long batch, Duration longest, Duration turn, Duration patience, Duration idle, Duration linger) {

    private static final int SHORTER = 20;

    /**
     * A mount and its load cost a drive three minutes: a tenth of what a writer has it for when another one waits. The manifest comes behind the last pack, and
     * the next piece of a restore behind this one, within moments.
     */
    public static final MountRules USUAL = new MountRules(100_000_000_000L, Duration.ofMinutes(15), Duration.ofMinutes(10), Duration.ofMinutes(30),
            Duration.ofMinutes(5), Duration.ofSeconds(2));

    /** How long a holder who rests keeps his drive. Who waits for the cartridge that lies there takes nothing away: for him it is a moment only. */
    Duration linger(boolean wantedHere) {
        return wantedHere ? linger.dividedBy(SHORTER) : linger;
    }

    /** The same where nobody else wants a drive: who is through with a cartridge does not wait for the next one. */
    public MountRules alone() {
        return new MountRules(batch, longest, turn, patience, idle, Duration.ZERO);
    }

    /** The same for a spool of which so many bytes are worth a mount. */
    public MountRules ofBatch(long bytes) {
        return new MountRules(bytes, longest, turn, patience, idle, linger);
    }
}
