package org.azekura.driver.tape.scsi;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a command may take before it is given up. What the device itself says (REPORT SUPPORTED OPERATION CODES) wins; else it is what the maker
 * of LTO-9 drives says, which earlier generations do not exceed. Only erasing depends on how much fits: 1.65 times as long as filling the cartridge.
 * Immutable.
 */
public final class TimeOuts {

    private static final Duration SHORT = Duration.ofSeconds(60);
    private static final int ERASE = 0x19;
    private static final Pattern GENERATION = Pattern.compile("(?:ULTRIUM|LTO|ULT3580-[HT]D|-TD|-HH|ULTRIUM-[HT]D)[ -]?([1-9])");
    /** Seconds by operation code. */
    private static final Map<Integer, Integer> LONG = Map.ofEntries(
            Map.entry(0x01, 600), Map.entry(0x08, 2340), Map.entry(0x0a, 1500), Map.entry(0x10, 1620), Map.entry(0x11, 2940), Map.entry(0x1b, 960),
            Map.entry(0x2b, 2940), Map.entry(0x91, 2940), Map.entry(0x92, 2940),
            // Of the robot: a whole library is looked through, a cartridge is carried along its whole length.
            Map.entry(0x07, 7200), Map.entry(0x37, 7200), Map.entry(0xa5, 900), Map.entry(0xa6, 1800), Map.entry(0xb8, 600));
    /** Seconds to erase a whole cartridge, by generation of the drive: 1.65 times its capacity by its speed, but for the ninth, which is published. */
    private static final int[] ERASE_s = {74_341, 74_341, 74_341, 74_341, 74_341, 17_700, 25_800, 33_000, 55_000, 74_341};

    private final int generation;
    private final Map<Integer, Duration> told;

    private TimeOuts(int generation, Map<Integer, Duration> told) {
        this.generation = generation;
        this.told = told;
    }

    /** @param product as INQUIRY says it, like {@code ULT3580-TD8}; what is not known is taken for the slowest */
    public static TimeOuts of(String product) {
        Matcher found = GENERATION.matcher(product.toUpperCase(Locale.ROOT));
        return new TimeOuts(found.find() ? Integer.parseInt(found.group(1)) : 0, Map.of());
    }

    /** The generation of an LTO drive, 0 if it is none, or nobody knows. */
    public int generation() {
        return generation;
    }

    /** The same, with what the device says. Less than a minute is not believed. */
    public TimeOuts told(Map<Integer, Duration> byDevice) {
        Map<Integer, Duration> all = new TreeMap<>();
        byDevice.forEach((operation, time) -> all.put(operation, time.compareTo(SHORT) < 0 ? SHORT : time));
        return new TimeOuts(generation, Map.copyOf(all));
    }

    public Duration of(int operation) {
        Duration byDevice = told.get(operation);
        if (byDevice != null) {
            return byDevice;
        }
        if (operation == ERASE) {
            return Duration.ofSeconds(ERASE_s[generation]);
        }
        return Duration.ofSeconds(LONG.getOrDefault(operation, (int) SHORT.toSeconds()));
    }
}
