package org.azekura.cli.media;

import com.fasterxml.jackson.databind.JsonNode;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;

/** How much of a pool was read back, for people. */
public final class CoverageWords {

    private CoverageWords() {}

    static String of(JsonNode day) {
        long packs = day.path("packs").asLong();
        return packs == 0 ? "" : share(day, "month") + " within a month, " + share(day, "year") + " within a year, " + share(day, "never") + " never; oldest unread since "
                + Words.time(day, "unread");
    }

    private static String share(JsonNode day, String field) {
        return day.path(field).asLong() * 100 / day.path("packs").asLong() + " %";
    }

    /** Day by day. */
    public static void print(Root root, JsonNode days) {
        Table table = new Table("DAY", "PACKS", "SIZE", "READ IN 30 DAYS", "IN 365 DAYS", "NEVER", "UNREAD SINCE");
        for (JsonNode day : days) {
            table.row(Words.text(day, "day"), Words.count(day, "packs"), Words.size(day, "bytes"), Words.count(day, "month"), Words.count(day, "year"), Words.count(day, "never"),
                    Words.time(day, "unread"));
        }
        table.print(root.out());
    }
}
