package org.azekura.server.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.azekura.api.BackupException;
import org.azekura.api.server.Firmware.Disks;
import org.azekura.api.server.HostDisk;
import org.azekura.api.server.HostDisk.Health;

/**
 * The file in which the system writes what disks say of their health (the image's {@code smart.jq}): lines of columns that tabs part, the first of which names
 * them. A column that is not known here says nothing to this version; a value that is missing is an empty one.
 */
final class DiskLines {

    private static final String TAB = "\t";
    private static final String YES = "1";

    private final Map<String, String> values;

    private DiskLines(Map<String, String> values) {
        this.values = values;
    }

    /** @throws BackupException {@code firmware.system} */
    static Disks read(Path file) throws BackupException {
        try {
            Instant asked = Files.getLastModifiedTime(file).toInstant();
            return new Disks(asked, of(Files.readAllLines(file)));
        } catch (NoSuchFileException e) {
            return new Disks(null, List.of());
        } catch (IOException e) {
            throw BackupException.device("firmware.system", file.toString(), "cannot read what disks say of their health in " + file + ": " + e, e);
        }
    }

    static List<HostDisk> of(List<String> lines) {
        List<HostDisk> disks = new ArrayList<>();
        String[] columns = lines.isEmpty() ? new String[0] : lines.getFirst().split(TAB, -1);
        for (String line : lines.stream().skip(1).toList()) {
            String[] row = line.split(TAB, -1);
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < Math.min(row.length, columns.length); i++) {
                values.put(columns[i], row[i]);
            }
            if (!values.getOrDefault("device", "").isEmpty()) {
                disks.add(new DiskLines(values).disk());
            }
        }
        return disks;
    }

    private HostDisk disk() {
        Long grown = number("grown", Long::valueOf);
        return new HostDisk(text("device"), text("protocol"), text("model"), text("serial"), number("bytes", Long::valueOf), health(), number("temperature", Integer::valueOf),
                text("hot").equals(YES), number("hours", Long::valueOf), number("pending", Long::valueOf), number("errors", Long::valueOf), grown == null ? 0 : grown,
                number("used", Integer::valueOf), text("spent").equals(YES));
    }

    private String text(String column) {
        return values.getOrDefault(column, "");
    }

    private Health health() {
        return switch (text("state")) {
            case "good" -> Health.GOOD;
            case "failing" -> Health.FAILING;
            default -> Health.UNKNOWN;
        };
    }

    /** Null if it is none: a disk may say what it likes. */
    private <N> N number(String column, Function<String, N> parse) {
        try {
            return parse.apply(text(column));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
