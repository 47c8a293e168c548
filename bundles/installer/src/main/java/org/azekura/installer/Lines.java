package org.azekura.installer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;

/** A text of lines {@code key: value}, read in their order. */
final class Lines {

    static final int MAX_BYTES = 64 << 10;

    private final String what;
    private final List<String> lines;
    private int next;

    private Lines(String what, List<String> lines) {
        this.what = what;
        this.lines = lines;
    }

    /** @param head the first line */
    static Lines parse(String what, byte[] bytes, String head) throws BackupException {
        if (bytes.length > MAX_BYTES) {
            throw corrupt(what, "it has " + bytes.length + " bytes, at most " + MAX_BYTES + " are read");
        }
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw corrupt(what, "it is no UTF-8");
        }
        if (!text.endsWith("\n")) {
            throw corrupt(what, "it does not end with a line's end");
        }
        Lines read = new Lines(what, List.of(text.substring(0, text.length() - 1).split("\n", -1)));
        if (!read.lines.getFirst().equals(head)) {
            throw corrupt(what, "it begins with \"" + read.lines.getFirst() + "\", expected \"" + head + "\"");
        }
        read.next = 1;
        return read;
    }

    /** The value of the next line, which has this key. */
    String one(String key, Pattern form) throws BackupException {
        String line = next < lines.size() ? lines.get(next) : "";
        String prefix = key + ": ";
        if (!line.startsWith(prefix) || !form.matcher(line.substring(prefix.length())).matches()) {
            throw corrupt(what, "line " + (next + 1) + " is \"" + line + "\", expected " + key + ": " + form);
        }
        next++;
        return line.substring(prefix.length());
    }

    /** The values of the next lines that have this key, as many as there are. */
    List<String> some(String key, Pattern form, int max) throws BackupException {
        List<String> values = new ArrayList<>();
        while (next < lines.size() && lines.get(next).startsWith(key + ": ")) {
            if (values.size() == max) {
                throw corrupt(what, "it has more than " + max + " lines " + key);
            }
            values.add(one(key, form));
        }
        return values;
    }

    void end() throws BackupException {
        if (next < lines.size()) {
            throw corrupt(what, "line " + (next + 1) + " is \"" + lines.get(next) + "\", expected nothing");
        }
    }

    private static BackupException corrupt(String what, String why) {
        return BackupException.corrupt("driver.record", what, what + " is damaged: " + why);
    }
}
