package org.azekura.driver.simulator;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.azekura.api.device.Barcode;

/**
 * A generation of LTO, as its makers publish it. The last two characters of a barcode name that of a cartridge: {@code L8}, or {@code LY} for one
 * that is written once.
 */
enum Generation {

    LTO_5("L5", "LV", 1_500_000_000_000L, 140, 80),
    LTO_6("L6", "LW", 2_500_000_000_000L, 160, 136),
    LTO_7("L7", "LX", 6_000_000_000_000L, 300, 112),
    LTO_8("L8", "LY", 12_000_000_000_000L, 360, 208),
    LTO_9("L9", "LZ", 18_000_000_000_000L, 400, 280);

    private final String suffix;
    private final String writeOnce;
    private final long capacity;
    private final int speed;
    private final int wraps;

    Generation(String suffix, String writeOnce, long capacity, int speed, int wraps) {
        this.suffix = suffix;
        this.writeOnce = writeOnce;
        this.capacity = capacity;
        this.speed = speed;
        this.wraps = wraps;
    }

    static Optional<Generation> named(String name) {
        return Arrays.stream(values()).filter(one -> one.toString().equals(name)).findFirst();
    }

    static Optional<Generation> of(Barcode barcode) {
        return Arrays.stream(values()).filter(one -> barcode.value().endsWith(one.suffix) || barcode.value().endsWith(one.writeOnce)).findFirst();
    }

    static boolean isWriteOnce(Barcode barcode) {
        return Arrays.stream(values()).anyMatch(one -> barcode.value().endsWith(one.writeOnce));
    }

    static String names() {
        return Arrays.stream(values()).map(Generation::toString).collect(Collectors.joining(", "));
    }

    String suffix() {
        return suffix;
    }

    /** Bytes on a cartridge, uncompressed. */
    long capacity() {
        return capacity;
    }

    /** Bytes in a second, uncompressed. */
    long speed() {
        return speed * 1_000_000L;
    }

    /** How often the tape is written from end to end and back. */
    int wraps() {
        return wraps;
    }

    /** Two generations back until LTO-7, one from LTO-8 on. */
    boolean reads(Generation cartridge) {
        return cartridge.ordinal() <= ordinal() && cartridge.ordinal() >= ordinal() - (this.compareTo(LTO_8) < 0 ? 2 : 1);
    }

    boolean writes(Generation cartridge) {
        return reads(cartridge) && cartridge.ordinal() >= ordinal() - 1;
    }

    @Override
    public String toString() {
        return name().replace('_', '-');
    }
}
