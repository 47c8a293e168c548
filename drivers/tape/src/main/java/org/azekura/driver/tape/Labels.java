package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.driver.tape.scsi.Direction;

/**
 * What kind of cartridge lies in a drive: by the memory in it (SPC-4, READ ATTRIBUTE), by the densities that the drive has for it (SSC-3, REPORT DENSITY SUPPORT), and by
 * what the mode header says. One thread at a time.
 */
final class Labels {

    private static final int REPORT_DENSITY = 0x44;
    private static final int LENGTH = 8192;
    private static final int MAXIMUM_CAPACITY = 0x0001;
    private static final int MEDIUM_SERIAL = 0x0401;
    private static final int MEDIUM_TYPE = 0x0408;
    private static final int WRITE_ONCE = 0x80;
    private static final int DENSITY = 52;
    /** Codes of LTO cartridges; M8 is an LTO-7 cartridge that was formatted as LTO-8. */
    private static final Map<Integer, String> KINDS = Map.of(0x40, "LTO-1", 0x42, "LTO-2", 0x44, "LTO-3", 0x46, "LTO-4", 0x58, "LTO-5", 0x5a, "LTO-6", 0x5c,
            "LTO-7", 0x5d, "LTO-7 M8", 0x5e, "LTO-8", 0x60, "LTO-9");

    /** One of the densities that a drive has for a cartridge. */
    record Density(int code, boolean isDefault, long megabytes, String name, String description) {}

    private final SpcDevice device;
    private final Modes modes;
    private final Memory memory;

    Labels(SpcDevice device, Modes modes, Memory memory) {
        this.device = device;
        this.modes = modes;
        this.memory = memory;
    }

    Drive.Cartridge cartridge() throws BackupException {
        Modes.Header header = modes.header().orElse(new Modes.Header(0, false, 0, 0));
        Map<Integer, byte[]> said = memory.read();
        Optional<Density> density = density(header.density());
        int code = density.map(Density::code).orElse(header.density());
        String kind = KINDS.getOrDefault(code, density.map(Density::name).filter(name -> !name.isEmpty())
                .orElse(code == 0 ? "tape" : "tape of density %02Xh".formatted(code)));
        Optional<String> serial = Optional.ofNullable(said.get(MEDIUM_SERIAL)).map(bytes -> Inquiry.text(bytes, 0, bytes.length)).filter(text -> !text.isEmpty());
        return new Drive.Cartridge(kind, serial, capacity(said, density), header.isProtected(), isWriteOnce(said, header.medium(), code));
    }

    private static long capacity(Map<Integer, byte[]> memory, Optional<Density> density) {
        byte[] most = memory.get(MAXIMUM_CAPACITY);
        if (most != null && most.length == 8) {
            long megabytes = ByteBuffer.wrap(most).getLong();
            if (megabytes > 0 && megabytes < 1L << 40) {
                return megabytes << 20;
            }
        }
        return density.filter(found -> found.megabytes() > 0).map(found -> found.megabytes() * 1_000_000).orElse(-1L);
    }

    /** LTO drives have a code for each kind of cartridge: xCh is written once, x8h is not. */
    private static boolean isWriteOnce(Map<Integer, byte[]> memory, int medium, int density) {
        byte[] type = memory.get(MEDIUM_TYPE);
        if (type != null && type.length == 1) {
            return (type[0] & 0xff) == WRITE_ONCE;
        }
        return KINDS.containsKey(density) && medium >= 0x30 && (medium & 0xf) == 0xc;
    }

    /** That of the cartridge; else the one that the drive would use. */
    private Optional<Density> density(int code) throws BackupException {
        Cdb cdb = Cdb.of(10, REPORT_DENSITY, Direction.IN).with(1, 1).with16(7, LENGTH);
        Map<Integer, Density> all = device.optional(cdb, LENGTH).map(Labels::densities).orElse(Map.of());
        return Optional.ofNullable(all.get(code)).or(() -> all.values().stream().filter(Density::isDefault).findFirst());
    }

    static Map<Integer, Density> densities(byte[] bytes) {
        Map<Integer, Density> all = new TreeMap<>();
        if (bytes.length < 4) {
            return all;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int end = Math.min(bytes.length, 2 + Short.toUnsignedInt(in.getShort(0)));
        for (int at = 4; at + DENSITY <= end; at += DENSITY) {
            int code = bytes[at] & 0xff;
            all.put(code, new Density(code, (bytes[at + 2] & 0x20) != 0, Integer.toUnsignedLong(in.getInt(at + 12)), Inquiry.text(bytes, at + 24, at + 32),
                    Inquiry.text(bytes, at + 32, at + 52)));
        }
        return all;
    }
}
