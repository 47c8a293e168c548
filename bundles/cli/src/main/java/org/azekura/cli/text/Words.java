package org.azekura.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.azekura.api.ByteSize;

/** JSON values as people read them: local times, IEC sizes. */
public final class Words {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Words() {}

    public static String text(JsonNode row, String field) {
        JsonNode value = row.path(field);
        return value.isNull() ? "" : value.asText("");
    }

    public static String time(JsonNode row, String field) {
        if (!row.path(field).isTextual()) {
            return "";
        }
        try {
            return TIME.format(Instant.parse(row.path(field).asText()).atZone(ZoneId.systemDefault()));
        } catch (DateTimeParseException e) {
            return row.path(field).asText();
        }
    }

    public static String count(JsonNode row, String field) {
        return String.format(Locale.ROOT, "%,d", row.path(field).asLong());
    }

    /** With its noun, like "1 file" or "1,200 files". */
    public static String count(JsonNode row, String field, String noun) {
        return count(row.path(field).asLong(), noun);
    }

    public static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    public static String size(JsonNode row, String field) {
        return row.path(field).asLong(-1) < 0 ? "" : ByteSize.format(row.path(field).asLong());
    }
}
