package org.azekura.server.disk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.azekura.api.server.ApplianceDisks.Condition;
import org.azekura.api.server.ApplianceDisks.Disk;
import org.azekura.api.server.ApplianceDisks.DiskSet;
import org.azekura.api.server.DiskHealth;
import org.azekura.api.server.DiskHealth.Verdict;

/**
 * What the image says of disks, in lines of fields that tabs part. Its program {@code disks} begins each with a word for what it is, {@code disk} or {@code set}.
 * Of health ({@code smart.jq}) the first line names the columns: one that is not known here says nothing to this version, a value that is missing is an empty one.
 */
final class DiskLines {

    private static final String TAB = "\t";
    private static final int DISK = 7;
    private static final int SET = 8;
    private static final String YES = "1";

    private DiskLines() {}

    /**
     * @param disks in no set, and without health
     * @param sets  as the system has them
     */
    record Listed(List<Disk> disks, List<DiskSet> sets) {}

    /** @throws IllegalArgumentException a line is no such thing */
    static Listed listed(List<String> lines) {
        List<Disk> disks = new ArrayList<>();
        List<DiskSet> sets = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.split(TAB, -1);
            if (fields[0].equals("disk") && fields.length == DISK) {
                disks.add(new Disk(fields[1], fields[2], fields[3], Long.parseLong(fields[4]), fields[5], fields[6], "", null));
            } else if (fields[0].equals("set") && fields.length == SET) {
                sets.add(new DiskSet(fields[1], Condition.valueOf(fields[2].toUpperCase(Locale.ROOT)), fields[3], Long.parseLong(fields[4]),
                        fields[5].isEmpty() ? List.of() : List.of(fields[5].split(",")), Integer.parseInt(fields[6]), fields[7]));
            } else {
                throw new IllegalArgumentException("\"" + line + "\" is neither a disk nor a disk set");
            }
        }
        return new Listed(disks, sets);
    }

    static List<Checkup> checkups(List<String> lines) {
        List<Checkup> checkups = new ArrayList<>();
        String[] columns = lines.isEmpty() ? new String[0] : lines.getFirst().split(TAB, -1);
        for (String line : lines.stream().skip(1).toList()) {
            String[] fields = line.split(TAB, -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < Math.min(fields.length, columns.length); i++) {
                row.put(columns[i], fields[i]);
            }
            if (!text(row, "device").isEmpty()) {
                checkups.add(checkup(row));
            }
        }
        return checkups;
    }

    private static Checkup checkup(Map<String, String> row) {
        Long bytes = number(row, "bytes", Long::valueOf);
        Long grown = number(row, "grown", Long::valueOf);
        DiskHealth health = new DiskHealth(text(row, "device"), text(row, "protocol"), verdict(text(row, "state")), number(row, "temperature", Integer::valueOf),
                text(row, "hot").equals(YES), number(row, "hours", Long::valueOf), number(row, "pending", Long::valueOf), number(row, "errors", Long::valueOf),
                grown == null ? 0 : grown, number(row, "used", Integer::valueOf), text(row, "spent").equals(YES));
        return new Checkup(text(row, "model"), text(row, "serial"), bytes == null ? 0 : bytes, health);
    }

    private static String text(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }

    private static Verdict verdict(String state) {
        return switch (state) {
            case "good" -> Verdict.GOOD;
            case "failing" -> Verdict.FAILING;
            default -> Verdict.UNKNOWN;
        };
    }

    /** Null if it is none: a disk may say what it likes. */
    private static <N> N number(Map<String, String> row, String column, Function<String, N> parse) {
        try {
            return parse.apply(text(row, column));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
