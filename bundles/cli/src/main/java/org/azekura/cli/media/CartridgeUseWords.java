package org.azekura.cli.media;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;

/** What drives told of a cartridge, as people see it. */
final class CartridgeUseWords {

    private static final double GIGABYTE = 1e9;

    private CartridgeUseWords() {}

    static void print(JsonNode use, Facts facts) {
        JsonNode life = use.path("life");
        if (!life.isObject()) {
            return;
        }
        facts.put("mounts", Words.count(life, "mounts") + (life.path("loads").isNumber() ? "; in all drives that it was in " + Words.count(life, "loads") : ""));
        facts.put("lifetime", life.path("written").isNumber() ? Words.size(life, "written") + " written, " + Words.size(life, "read") + " read, "
                + Words.count(life, "uncorrected") + " errors not corrected" : "");
    }

    /** Mount by mount, and what is to be looked at. */
    static void print(JsonNode use, Root root) {
        if (!use.path("mounts").isEmpty()) {
            Table table = new Table("MOUNTED", "DRIVE", "WRITTEN>", "READ>", "CORRECTED PER GB>", "NOT CORRECTED>", "");
            for (JsonNode mount : use.path("mounts")) {
                table.row(Words.time(mount, "loaded"), Words.text(mount, "drive"), Words.size(mount, "written"), Words.size(mount, "read"), rates(mount),
                        Words.count(mount, "uncorrected"), mount.path("held").asBoolean() ? "" : "forgotten");
            }
            root.out().println();
            table.print(root.out());
        }
        for (JsonNode warning : use.path("warnings")) {
            root.out().println("! " + warning.asText());
        }
    }

    private static String rates(JsonNode mount) {
        return rate(mount, "writeCorrected", "written") + " / " + rate(mount, "readCorrected", "read");
    }

    private static String rate(JsonNode mount, String errors, String bytes) {
        double moved = mount.path(bytes).asDouble();
        return !mount.path(errors).isNumber() || moved == 0 ? "-" : String.format(Locale.ROOT, "%.1f", mount.path(errors).asDouble() * GIGABYTE / moved);
    }
}
