package org.azekura.driver.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.ElementAddress;

/**
 * What a library notes of itself; the package's Javadoc has the grammar.
 *
 * @param serial     eight hexadecimal digits, by which this library is told from others
 * @param cartridges by barcode
 * @param fired      how often each line of the script took effect
 */
record State(String serial, SortedMap<Barcode, Lying> cartridges, SortedMap<String, Integer> fired) {

    private static final String FIRST = "azekura simulator 1";
    private static final Pattern SERIAL = Pattern.compile("serial ([0-9a-f]{8})");
    private static final Pattern CARTRIDGE = Pattern.compile("cartridge (" + Script.BARCODE + ") at ([0-9]{1,5}) from ([0-9]{1,5}) uses ([0-9]{1,9})( protected)?");
    private static final Pattern FIRED = Pattern.compile("fired ([0-9]{1,9}) ([!-~](?:[ -~]*[!-~])?)");
    private static final int MOST_LINES = 4 * Script.MOST_LINES;

    State {
        cartridges = Collections.unmodifiableSortedMap(new TreeMap<>(cartridges));
        fired = Collections.unmodifiableSortedMap(new TreeMap<>(fired));
    }

    byte[] encode() {
        StringBuilder text = new StringBuilder(FIRST + "\nserial " + serial + "\n");
        for (Lying one : cartridges.values()) {
            text.append("cartridge ").append(one.barcode()).append(" at ").append(one.at()).append(" from ").append(one.source()).append(" uses ")
                    .append(one.uses()).append(one.writeProtect() ? " protected\n" : "\n");
        }
        fired.forEach((line, times) -> text.append("fired ").append(times).append(' ').append(line).append('\n'));
        String checksum = checksum(text);
        return text.append("end ").append(checksum).append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String checksum(CharSequence text) {
        return String.format("%08x", Checksum.of(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1))));
    }

    /** @throws BackupException {@code device.state} if it is not what the grammar says */
    static State decode(byte[] bytes, String where) throws BackupException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf("end ");
        if (end < 0 || !text.substring(end).equals("end " + checksum(text.substring(0, end)) + "\n")) {
            throw damaged(where, "it is cut off, or was changed by hand");
        }
        String[] lines = text.substring(0, end).split("\n", MOST_LINES + 1);
        if (lines.length > MOST_LINES || lines.length < 2 || !lines[0].equals(FIRST)) {
            throw damaged(where, "it does not begin with \"" + FIRST + "\", or has more than " + MOST_LINES + " lines");
        }
        Matcher serial = SERIAL.matcher(lines[1]);
        if (!serial.matches()) {
            throw damaged(where, "it has no serial number");
        }
        SortedMap<Barcode, Lying> cartridges = new TreeMap<>();
        SortedMap<String, Integer> fired = new TreeMap<>();
        for (int i = 2; i < lines.length && !(i == lines.length - 1 && lines[i].isEmpty()); i++) {
            read(lines[i], cartridges, fired, where);
        }
        return new State(serial.group(1), cartridges, fired);
    }

    private static void read(String line, SortedMap<Barcode, Lying> cartridges, SortedMap<String, Integer> fired, String where) throws BackupException {
        Matcher cartridge = CARTRIDGE.matcher(line);
        Matcher rule = FIRED.matcher(line);
        boolean first;
        if (cartridge.matches()) {
            Barcode barcode = new Barcode(cartridge.group(1));
            first = cartridges.put(barcode, new Lying(barcode, address(cartridge.group(2), where), address(cartridge.group(3), where),
                    Integer.parseInt(cartridge.group(4)), cartridge.group(5) != null)) == null;
        } else {
            first = rule.matches() && fired.put(rule.group(2), Integer.parseInt(rule.group(1))) == null;
        }
        if (!first) {
            throw damaged(where, "it has a line that is none, or is there twice: " + line);
        }
    }

    private static ElementAddress address(String digits, String where) throws BackupException {
        int value = Integer.parseInt(digits);
        if (value > 0xffff) {
            throw damaged(where, "there is no address " + value);
        }
        return new ElementAddress(value);
    }

    private static BackupException damaged(String where, String why) {
        return Trouble.device("device.state", where, "the file that says what is where is damaged: " + why);
    }
}
