package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.driver.tape.scsi.Direction;

/** What a drive can do beyond reading and writing: found out by asking, and by trying where that changes nothing. One thread at a time. */
final class Abilities {

    private static final int READ_BLOCK_LIMITS = 0x05;
    private static final int ERASE = 0x19;
    private static final int COMPRESSION = 0x0f;
    private static final int COMPRESSION_CAPABLE = 0x40;
    private static final int MOST_LENGTH = 0xffffff;

    private final SpcDevice device;
    private final Modes modes;
    private final Logs logs;
    private final Keys keys;
    private final Recommended recommended;
    private final Places places;
    private final Protection protection;
    private final Memory memory;
    private final int mostBlock;

    /** @param mostBlock bytes of the longest block that is used, whatever the drive would take */
    Abilities(SpcDevice device, Modes modes, Logs logs, Keys keys, Recommended recommended, Places places, Protection protection,
            Memory memory, int mostBlock) {
        this.device = device;
        this.modes = modes;
        this.logs = logs;
        this.keys = keys;
        this.recommended = recommended;
        this.places = places;
        this.protection = protection;
        this.memory = memory;
        this.mostBlock = mostBlock;
    }

    /** @param loaded some things are told only with a cartridge */
    Drive.Capabilities learn(boolean loaded) throws BackupException {
        byte[] limits = limits();
        int most = ByteBuffer.wrap(limits).getInt(0) & MOST_LENGTH;
        int least = Short.toUnsignedInt(ByteBuffer.wrap(limits).getShort(4));
        Set<Integer> pages = logs.pages();
        return new Drive.Capabilities(Math.max(1, least), most == 0 ? mostBlock : Math.min(mostBlock, most), loaded && places.onTape().isPresent(),
                recommended.isKnown(), device.operations().has(ERASE, false), pages.contains(Alerts.PAGE), compresses(), keys.isKnown(),
                modes.page(Warnings.PAGE, Warnings.SUBPAGE).filter(page -> page.length >= Warnings.LEAST).isPresent(), Errors.isOn(pages), protection.isOn(), memory.isWritten());
    }

    private byte[] limits() throws BackupException {
        return device.optional(Cdb.six(READ_BLOCK_LIMITS, Direction.IN, 0, 0), 6).filter(bytes -> bytes.length == 6).orElse(new byte[6]);
    }

    /** Whether the longest block can be so much longer. */
    boolean hasRoomFor(int more) throws BackupException {
        int most = ByteBuffer.wrap(limits()).getInt(0) & MOST_LENGTH;
        return most == 0 || most >= mostBlock + more;
    }

    /** By setting what is set: some drives show the page and take no change. */
    private boolean compresses() throws BackupException {
        Optional<byte[]> page = modes.page(COMPRESSION, 0).filter(found -> found.length >= 16 && (found[2] & COMPRESSION_CAPABLE) != 0);
        return page.isPresent() && modes.select(page.get()).isDone();
    }
}
