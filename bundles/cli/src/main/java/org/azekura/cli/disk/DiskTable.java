package org.azekura.cli.disk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.azekura.api.ByteSize;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;

/** Disks of an appliance and the sets that are made of them, as people read of them. */
final class DiskTable {

    private static final Set<String> IN_ORDER = Set.of("whole", "found");

    private DiskTable() {}

    static void print(JsonNode state, PrintStream out) {
        Table disks = new Table("DISK", "SIZE", "MODEL", "SERIAL", "HEALTH", "°C", "HOURS", "ERRORS", "USED", "SET", "ON IT", "CAN BE TAKEN");
        for (JsonNode disk : state.path("disks")) {
            JsonNode health = disk.path("health");
            String hindrance = Words.text(disk, "hindrance");
            String holds = Words.text(disk, "holds");
            disks.row(Words.text(disk, "name"), size(disk), Words.text(disk, "model"), Words.text(disk, "serial"), health(health), number(health, "temperature", ""),
                    number(health, "hours", ""), number(health, "errors", ""), number(health, "used", " %"), Words.text(disk, "set"), holds,
                    !hindrance.isEmpty() ? "no: " + hindrance : holds.isEmpty() ? "yes" : "if it is erased");
        }
        disks.print(out);
        Table sets = new Table("SET", "STATE", "LEVEL", "SIZE", "DISKS", "LACKS", "FOLDER");
        for (JsonNode set : state.path("sets")) {
            List<String> names = new ArrayList<>();
            set.path("disks").forEach(name -> names.add(name.asText()));
            sets.row(Words.text(set, "name"), Words.text(set, "state"), Words.text(set, "level"), size(set), String.join(" ", names), Words.text(set, "lacks"), Words.text(set, "folder"));
        }
        sets.print(out);
    }

    private static String size(JsonNode row) {
        long bytes = row.path("bytes").asLong();
        return bytes == 0 ? "" : ByteSize.format(bytes);
    }

    private static String number(JsonNode health, String field, String unit) {
        return health.path(field).isNumber() ? health.path(field).asText() + unit : "";
    }

    /** Its verdict, and what else needs a look; nothing of one that has not said anything. */
    private static String health(JsonNode health) {
        StringJoiner all = new StringJoiner(", ");
        if (health.isObject()) {
            all.add(Words.text(health, "verdict"));
        }
        for (String more : new String[] {"erring", "worn", "hot"}) {
            if (health.path(more).asBoolean()) {
                all.add(more);
            }
        }
        return all.toString();
    }

    static boolean needsALook(JsonNode state) {
        return state.path("disks").valueStream().map(disk -> disk.path("health")).anyMatch(health -> health.path("verdict").asText().equals("failing") || health.path("erring").asBoolean()
                || health.path("worn").asBoolean() || health.path("hot").asBoolean())
                || state.path("sets").valueStream().anyMatch(set -> !IN_ORDER.contains(Words.text(set, "state")));
    }
}
