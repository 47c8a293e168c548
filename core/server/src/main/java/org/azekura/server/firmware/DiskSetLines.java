package org.azekura.server.firmware;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.azekura.api.server.DataDisks.Condition;
import org.azekura.api.server.DataDisks.Disk;
import org.azekura.api.server.DataDisks.DiskSet;
import org.azekura.api.server.DataDisks.State;

/** What the image's program {@code disks} says of disks and sets: one a line, a word for what it is, and fields with tabs between. */
final class DiskSetLines {

    private static final int DISK = 7;
    private static final int SET = 8;

    private DiskSetLines() {}

    /** @throws IllegalArgumentException a line is no such thing */
    static State of(List<String> lines) {
        List<Disk> disks = new ArrayList<>();
        List<DiskSet> sets = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals("disk") && fields.length == DISK) {
                disks.add(new Disk(fields[1], fields[2], fields[3], Long.parseLong(fields[4]), fields[5], fields[6]));
            } else if (fields[0].equals("set") && fields.length == SET) {
                sets.add(new DiskSet(fields[1], Condition.valueOf(fields[2].toUpperCase(Locale.ROOT)), fields[3], Long.parseLong(fields[4]),
                        fields[5].isEmpty() ? List.of() : List.of(fields[5].split(",")), Integer.parseInt(fields[6]), fields[7]));
            } else {
                throw new IllegalArgumentException("\"" + line + "\" is neither a disk nor a disk set");
            }
        }
        return new State(disks, sets);
    }
}
