package org.azekura.api.device;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/**
 * Until when a blob can be neither deleted nor replaced, and who could lift that before.
 *
 * @param until UTC; a device may round it up to what it can keep, never down
 */
public record BlobLock(Mode mode, Instant until) {

    /** Who gets past a lock, the weaker first. */
    public enum Mode {
        /** Whoever owns the device: root on its host, an account with a right of its own. */
        GOVERNANCE,
        /** Nobody before its end, the owner of the device and its maker included. */
        COMPLIANCE;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if it is no such word */
        public static Mode of(String word) {
            return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("a mode is governance or compliance, not \"" + word + "\""));
        }
    }

    /** Whether whoever has this one has all that the other asks for. */
    public boolean covers(BlobLock other) {
        return mode.compareTo(other.mode) >= 0 && !until.isBefore(other.until);
    }
}
