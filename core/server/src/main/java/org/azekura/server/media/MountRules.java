package org.azekura.server.media;

import java.time.Duration;

/**
 * When a drive is worth a mount.
 *
 * @param batch    bytes in a spool that are
 * @param longest  for which something waits in a spool at most before it is
 * @param turn     that a writer has before a reader may have its drive, at its next sync
 * @param patience after which a writer that waits comes like a reader
 * @param idle     after which a cartridge that nobody wants goes back to its slot
 */
record MountRules(long batch, Duration longest, Duration turn, Duration patience, Duration idle) {

    /** A mount and its load cost a drive minutes; 100 GB are five of them at 360 MB/s. */
    static final MountRules USUAL = new MountRules(100_000_000_000L, Duration.ofMinutes(15), Duration.ofMinutes(10), Duration.ofHours(4), Duration.ofMinutes(5));
}
