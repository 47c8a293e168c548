package org.azekura.cli.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.StringJoiner;
import org.azekura.api.ByteSize;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;

/** Disks of an appliance, as people read of them. */
final class DiskTable {

    private DiskTable() {}

    static void print(JsonNode answer, PrintStream out) {
        Table table = new Table("DISK", "MODEL", "SERIAL", "SIZE", "HEALTH", "°C", "HOURS", "ERRORS", "USED");
        for (JsonNode disk : answer.path("disks")) {
            table.row(Words.text(disk, "device"), Words.text(disk, "model"), Words.text(disk, "serial"), disk.path("bytes").isNumber() ? ByteSize.format(disk.path("bytes").asLong()) : "",
                    health(disk), number(disk, "temperature", ""), number(disk, "hours", ""), number(disk, "errors", ""), number(disk, "used", " %"));
        }
        table.print(out);
    }

    private static String number(JsonNode disk, String field, String unit) {
        return disk.path(field).isNumber() ? disk.path(field).asText() + unit : "";
    }

    /** Its verdict, and what else needs a look. */
    private static String health(JsonNode disk) {
        StringJoiner all = new StringJoiner(", ");
        all.add(Words.text(disk, "health"));
        for (String more : new String[] {"erring", "worn", "hot"}) {
            if (disk.path(more).asBoolean()) {
                all.add(more);
            }
        }
        return all.toString();
    }

    static boolean needsALook(JsonNode answer) {
        return answer.path("disks").valueStream().anyMatch(disk -> Words.text(disk, "health").equals("failing") || disk.path("erring").asBoolean() || disk.path("worn").asBoolean()
                || disk.path("hot").asBoolean());
    }
}
