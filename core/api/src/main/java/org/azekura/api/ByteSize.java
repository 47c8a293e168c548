package org.azekura.api;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: IEC units, powers of 1024. */
public final class ByteSize {

    private static final String UNITS = "KMGTPE";
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\s*(?:([KMGTPE])(?:iB|i)?|B)?");

    private ByteSize() {}

    /**
     * Reads {@code 4096}, {@code 64KiB}, {@code 1 GiB}, {@code 2T}.
     *
     * @throws IllegalArgumentException if it is no size or too large for a long
     */
    public static long parse(String text) {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches()) {
            throw new IllegalArgumentException("a size is a whole number with KiB, MiB, GiB or TiB, like \"64MiB\"; not \"" + text + "\"");
        }
        long number = Long.parseLong(m.group(1));
        int shift = m.group(2) == null ? 0 : 10 * (UNITS.indexOf(m.group(2)) + 1);
        if (shift > 0 && number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("\"" + text + "\" is too large for a size");
        }
        return number << shift;
    }

    /** Like {@code 812 B}, {@code 1.5 MiB}. */
    public static String format(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double value = bytes / (double) (1L << (10 * unit));
        return String.format(Locale.ROOT, value < 10 ? "%.2f %ciB" : value < 100 ? "%.1f %ciB" : "%.0f %ciB", value, UNITS.charAt(unit - 1));
    }
}
