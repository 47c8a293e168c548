package org.azekura.server.media;

import java.time.Duration;

/**
 * A drive at the moment.
 *
 * @param mounted  cartridge in it; null if there is none
 * @param holder   who has it; null if nobody has
 * @param yielding its holder was asked to give it up at its next sync
 * @param since    for how long it has been held, or has not been
 */
record DriveNow(int number, Health health, String mounted, MountRequest holder, boolean yielding, Duration since) {

    enum Health { WELL, UNCLEAN, DOWN }

    boolean isFree() {
        return holder == null && health != Health.DOWN;
    }
}
