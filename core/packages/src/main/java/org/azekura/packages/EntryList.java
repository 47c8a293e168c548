package org.azekura.packages;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The list that is signed. */
record EntryList(List<Line> lines) {

    static final int MAX_ENTRIES = 1000;
    static final int MAX_BYTES = MAX_ENTRIES * (EntryName.MAX_CHARS + 80);

    private static final String HEAD = "azekura-entries: 1\n";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (0|[1-9][0-9]{0,8}) ([^\n]+)\n");

    EntryList {
        lines = List.copyOf(lines);
    }

    /**
     * One entry.
     *
     * @param sha256 lower case hexadecimal
     */
    record Line(String name, long size, String sha256) {}

    static EntryList decode(byte[] bytes) throws Flaw {
        String text = new String(bytes, ISO_8859_1);
        if (!text.startsWith(HEAD)) {
            throw new Flaw("its list of entries does not begin with \"" + HEAD.strip() + "\", the only form that is known");
        }
        List<Line> lines = new ArrayList<>();
        Matcher line = LINE.matcher(text).region(HEAD.length(), text.length());
        while (line.lookingAt()) {
            if (lines.size() == MAX_ENTRIES) {
                throw new Flaw("it has more than " + MAX_ENTRIES + " entries");
            }
            lines.add(new Line(line.group(3), Long.parseLong(line.group(2)), line.group(1)));
            line.region(line.end(), text.length());
        }
        if (line.regionStart() != text.length()) {
            throw new Flaw("line " + (lines.size() + 2) + " of its list of entries is not \"SHA-256 SIZE NAME\"");
        }
        EntryList list = new EntryList(lines);
        list.check();
        return list;
    }

    private void check() throws Flaw {
        EntryName.Seen seen = new EntryName.Seen();
        seen.add(EntryName.LIST);
        seen.add(EntryName.SIGNATURE);
        for (Line line : lines) {
            EntryName.check(line.name);
            seen.add(line.name);
        }
        seen.finish();
        if (lines.isEmpty() || !lines.getFirst().name.equals(EntryName.MANIFEST)) {
            throw new Flaw("its list of entries does not begin with " + EntryName.MANIFEST);
        }
        for (int i = 2; i < lines.size(); i++) {
            if (lines.get(i).name.compareTo(lines.get(i - 1).name) < 0) {
                throw new Flaw("its list of entries is not in order: " + lines.get(i).name + " comes after " + lines.get(i - 1).name);
            }
        }
    }

    byte[] encode() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Line line : lines) {
            text.append(line.sha256).append(' ').append(line.size).append(' ').append(line.name).append('\n');
        }
        return text.toString().getBytes(US_ASCII);
    }
}
