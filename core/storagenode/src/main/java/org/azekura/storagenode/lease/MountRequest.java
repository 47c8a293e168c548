package org.azekura.storagenode.lease;

import java.time.Duration;

/**
 * Somebody wants a cartridge in a drive.
 *
 * @param cartridge that is to be read, or that is written next
 * @param bytes     that wait to be written; 0 if it reads. Who has nothing to write has no request
 * @param urgent    somebody waits for what is to be written
 * @param waiting   for how long; of a holder, for how long it had waited when it got its drive
 */
public record MountRequest(long id, Purpose purpose, String cartridge, long bytes, boolean urgent, Duration waiting) {

    /** What a drive is wanted for. */
    public enum Purpose { READ, WRITE }

    /** Of somebody who reads, or who has found already that what he writes is worth it. */
    static MountRequest of(long id, Purpose purpose, String cartridge, Duration waiting) {
        return new MountRequest(id, purpose, cartridge, purpose == Purpose.READ ? 0 : 1, true, waiting);
    }

    /** Of somebody who will write there, and not yet. */
    static MountRequest later(String cartridge) {
        return new MountRequest(0, Purpose.WRITE, cartridge, 1, false, Duration.ZERO);
    }

    /** In how long it is worth a mount, if nothing else comes; null: never. */
    public Duration ripeIn(MountRules rules) {
        return switch (purpose) {
            case READ -> Duration.ZERO;
            case WRITE -> bytes <= 0 ? null : urgent || bytes >= rules.batch() || waiting.compareTo(rules.longest()) >= 0 ? Duration.ZERO
                    : rules.longest().minus(waiting);
        };
    }

    boolean isRipe(MountRules rules) {
        return Duration.ZERO.equals(ripeIn(rules));
    }

    /** Whether others yield to it. */
    boolean isPressing(MountRules rules) {
        return purpose == Purpose.READ || waiting.compareTo(rules.patience()) >= 0;
    }
}
