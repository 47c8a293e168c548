package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.format.Sha256;

/**
 * Named lines under a title, with a checksum in the last one. Survives mail and editors: line ends may be CR LF, empty lines and spaces at
 * line ends may come or go.
 */
final class KeyText {

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final int GROUP = 8;
    /** Eight groups, with the space behind each. */
    private static final int LINE = 8 * (GROUP + 1);

    private final String lines;
    private final String code;
    private final String what;

    private KeyText(String lines, String code, String what) {
        this.lines = lines;
        this.code = code;
        this.what = what;
    }

    /** With the last line, the checksum. */
    static String sealed(String lines) {
        return lines + "checksum: " + checksum(lines) + "\n";
    }

    static String grouped(byte[] bytes) {
        String groups = String.join(" ", HexFormat.of().formatHex(bytes).split("(?<=\\G.{" + GROUP + "})"));
        return String.join("\n ", groups.split("(?<=\\G.{" + LINE + "})")).replace(" \n", "\n");
    }

    static String base64(byte[] bytes) {
        return Base64.getMimeEncoder(76, "\n ".getBytes(US_ASCII)).encodeToString(bytes);
    }

    /**
     * @param code of what is thrown when it is not as it was made
     * @param what it is, for people
     */
    static KeyText open(String text, String title, int version, int maxChars, String code, String what) throws BackupException {
        KeyText all = new KeyText(text, code, what);
        String first = text.length() > maxChars ? "" : text.stripLeading().lines().findFirst().orElse("").stripTrailing();
        if (!first.startsWith(title + " ")) {
            throw all.corrupt("it does not begin with \"" + title + " " + version + "\"");
        }
        all.requireVersion(first.substring(title.length() + 1), version);
        int end = text.lastIndexOf("\nchecksum: ") + 1;
        if (end == 0) {
            throw all.corrupt("its last line, \"checksum: ...\", is missing");
        }
        String found = new KeyText(text.substring(end), code, what).value("checksum");
        String expected = checksum(text.substring(0, end));
        if (!found.equals(expected)) {
            throw all.corrupt("checksum " + found + ", expected " + expected + ": it was changed or copied wrongly");
        }
        return new KeyText(text.substring(0, end), code, what);
    }

    private void requireVersion(String found, int version) throws BackupException {
        if (!NUMBER.matcher(found).matches()) {
            throw corrupt("its first line has \"" + found + "\" for a version");
        }
        int number = Integer.parseInt(found);
        if (number != version) {
            throw FormatVersion.other(what, "", number, version);
        }
    }

    private static String checksum(String lines) {
        StringBuilder counted = new StringBuilder();
        lines.lines().map(String::stripTrailing).filter(line -> !line.isEmpty()).forEach(line -> counted.append(line).append('\n'));
        return HexFormat.of().formatHex(Sha256.of(counted.toString().getBytes(UTF_8)), 0, 8);
    }

    /** What stands behind the first such name at the beginning of a line, with the lines behind it that begin with a space. */
    String value(String name) throws BackupException {
        String value = optional(name);
        if (value == null) {
            throw corrupt("its line \"" + name + ": ...\" is missing");
        }
        return value;
    }

    /** Null if there is no such line. */
    String optional(String name) {
        StringBuilder value = null;
        for (String line : lines.lines().toList()) {
            if (value == null && line.startsWith(name + ": ")) {
                value = new StringBuilder(line.substring(name.length() + 2));
            } else if (value != null && line.startsWith(" ")) {
                value.append(line, 1, line.length());
            } else if (value != null) {
                break;
            }
        }
        return value == null ? null : value.toString().strip();
    }

    /** Such texts are brought by people: who did has another to bring, and nothing of the appliance's own is damaged. */
    BackupException corrupt(String why) {
        return BackupException.operator(code, "", what + ": " + why);
    }
}
