package org.azekura.server.media;

import java.time.Duration;

/**
 * Somebody wants a cartridge in a drive.
 *
 * @param cartridge that is to be read, or that is written next
 * @param bytes     that wait to be written; 0 if it reads. Who has nothing to write has no request: an empty incremental takes no drive
 * @param urgent    somebody waits for what is in the spool
 * @param waiting   for how long
 */
record MountRequest(long id, Purpose purpose, String cartridge, long bytes, boolean urgent, Duration waiting) {

    enum Purpose { READ, WRITE }

    /** Whether it is worth a mount by now. */
    boolean isRipe(MountRules rules) {
        return switch (purpose) {
            case READ -> true;
            case WRITE -> bytes > 0 && (urgent || bytes >= rules.batch() || waiting.compareTo(rules.longest()) >= 0);
        };
    }

    /** Whether it comes before those that only write. */
    boolean isPressing(MountRules rules) {
        return purpose == Purpose.READ || waiting.compareTo(rules.patience()) >= 0;
    }
}
