package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;

/** The programmable early warning (SSC-3, device configuration extension page 10h/01h). One thread at a time. */
final class Warnings {

    static final int PAGE = 0x10;
    static final int SUBPAGE = 0x01;
    /** Bytes of the page up to the size of the zone. */
    static final int LEAST = 8;

    private static final int SIZE = 6;
    private static final long UNIT = 1_000_000;

    private final SpcDevice device;
    private final Modes modes;
    private boolean programmed;

    Warnings(SpcDevice device, Modes modes) {
        this.device = device;
        this.modes = modes;
    }

    /** @param bytes in whole megabytes, at least one and at most 65,535 of them; 0 for none */
    void program(long bytes) throws BackupException {
        byte[] page = modes.page(PAGE, SUBPAGE).filter(found -> found.length >= LEAST)
                .orElseThrow(() -> Trouble.unsupported(device.location(), "this drive has no programmable early warning"));
        ByteBuffer.wrap(page).putShort(SIZE, (short) (bytes == 0 ? 0 : Math.clamp((bytes + UNIT / 2) / UNIT, 1, 0xffff)));
        Answer answer = modes.select(page);
        if (!answer.isDone()) {
            throw device.refused(answer, Doing.ASKING);
        }
        programmed = bytes > 0;
    }

    void clear() throws BackupException {
        if (programmed) {
            program(0);
        }
    }
}
