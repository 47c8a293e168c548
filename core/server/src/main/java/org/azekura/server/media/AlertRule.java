package org.azekura.server.media;

import org.azekura.api.device.Alert;

/** What a flag of TapeAlert has done. What is not in the table, or unknown, is only told. */
enum AlertRule {
    /** It is told and that is all. */
    TOLD,
    /** The drive is cleaned before the next job. */
    CLEAN,
    /** The cartridge is written no more. */
    NO_WRITE,
    /** The drive gets no more jobs. */
    STOP;

    static AlertRule of(Alert alert) {
        return switch (alert.flag()) {
            case 20, 21 -> CLEAN;
            // broken or worn out media, and the cartridge's own areas
            case 4, 7, 13, 15, 18, 51, 52, 53, 55, 59 -> NO_WRITE;
            // a tape stuck or broken in the drive, or one that can't be unloaded: nothing else may come into it
            case 14, 30, 31, 56 -> STOP;
            default -> TOLD;
        };
    }
}
