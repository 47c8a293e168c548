package org.azekura.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How characters go over a line, written like {@code 9600 8N1}.
 *
 * @param baud     bits in a second
 * @param dataBits 7 or 8
 * @param parity   {@code N}, {@code E} or {@code O}
 * @param stopBits 1 or 2
 */
public record LineSettings(int baud, int dataBits, char parity, int stopBits) {

    private static final Pattern FORM = Pattern.compile("(\\d{2,7}) ([78])([NEO])([12])");
    private static final int MOST_BAUD = 4_000_000;

    public LineSettings {
        if (baud < 50 || baud > MOST_BAUD || dataBits < 7 || dataBits > 8 || "NEO".indexOf(parity) < 0 || stopBits < 1 || stopBits > 2) {
            throw new IllegalArgumentException("a line is like \"9600 8N1\": 50 to " + MOST_BAUD + " baud, 7 or 8 bits, parity N, E or O, 1 or 2 stop bits");
        }
    }

    /** @throws IllegalArgumentException with an example if it is none */
    public static LineSettings parse(String text) {
        Matcher found = FORM.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("a line is like \"9600 8N1\", not \"" + text + "\"");
        }
        return new LineSettings(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)), found.group(3).charAt(0), Integer.parseInt(found.group(4)));
    }

    void set(SerialPort port) {
        int code = switch (parity) {
            case 'E' -> SerialPort.EVEN_PARITY;
            case 'O' -> SerialPort.ODD_PARITY;
            default -> SerialPort.NO_PARITY;
        };
        port.setComPortParameters(baud, dataBits, stopBits == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS, code);
    }

    @Override
    public String toString() {
        return baud + " " + dataBits + parity + stopBits;
    }
}
