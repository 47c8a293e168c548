package org.azekura.storagenode.lease;

import java.time.Duration;

/**
 * A drive at the moment.
 *
 * @param mounted  cartridge in it; null if there is none, or nobody knows
 * @param holder   who has it; null if nobody has
 * @param yielding its holder was asked to give it up
 * @param wanted   somebody has, or waits for, the drive itself: to clean it, say. It gets nothing else before
 * @param since    for how long it has been held, or has not been
 */
record DriveNow(int number, Health health, String mounted, MountRequest holder, boolean yielding, boolean wanted, Duration since) {

    /** Whether cartridges of others may come here. */
    boolean isFree() {
        return holder == null && !wanted && health.isUsed();
    }
}
