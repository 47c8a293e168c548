package org.azekura.api.device;

import java.util.regex.Pattern;

/** What is glued to a cartridge, as the changer reads it, like {@code A00017L8}: 1 to 32 visible characters of ASCII, outer blanks removed. */
public record Barcode(String value) implements Comparable<Barcode> {

    private static final Pattern RULE = Pattern.compile("[!-~](?:[ -~]{0,30}[!-~])?");

    public Barcode {
        if (value == null || !RULE.matcher(value).matches()) {
            throw new IllegalArgumentException("a barcode has 1 to 32 visible characters of ASCII, like \"A00017L8\"; not \"" + value + "\"");
        }
    }

    /** Whether it is one of a cleaning cartridge, by the prefix that all makers use. */
    public boolean isCleaning() {
        return value.startsWith("CLN");
    }

    @Override
    public int compareTo(Barcode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
