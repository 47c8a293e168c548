package org.azekura.driver.tape;

import org.azekura.api.BackupException;

/** Compression in the drive (SSC-3, data compression page 0Fh). One thread at a time. */
final class Compression {

    private static final int PAGE = 0x0f;
    private static final int ON = 0x80;

    private final SpcDevice device;
    private final Modes modes;
    private Boolean own;

    Compression(SpcDevice device, Modes modes) {
        this.device = device;
        this.modes = modes;
    }

    void set(boolean on) throws BackupException {
        byte[] page = modes.page(PAGE, 0).orElseThrow(() -> Trouble.unsupported(device.location(), "this drive does not compress"));
        if (own == null) {
            own = (page[2] & ON) != 0;
        }
        page[2] = (byte) (on ? page[2] | ON : page[2] & ~ON);
        Answer answer = modes.select(page);
        if (!answer.isDone()) {
            throw device.refused(answer, Doing.ASKING);
        }
    }

    /** As the drive had it before. */
    void restore() throws BackupException {
        if (own != null) {
            boolean before = own;
            own = null;
            set(before);
            own = null;
        }
    }
}
