package org.azekura.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.cli.text.Words;

/** How snapshots are spread, for people. */
public final class SpreadWords {

    private static final Map<String, String> LACKS = Map.of("copies", "a second place", "kinds", "a second kind of medium", "site", "a place at another site");

    private SpreadWords() {}

    /** How one is, with what it lacks. */
    static String whole(JsonNode spread) {
        if (!spread.isObject()) {
            return "";
        }
        String lacks = lacks(spread);
        return spread.path("state").asText() + ": " + Words.count(spread.path("copies").asLong() - 1, "place") + (kinds(spread).isEmpty() ? "" : ", " + kinds(spread) + ", at "
                + list(spread.path("sites"))) + (lacks.isEmpty() ? "" : "; lacks " + lacks);
    }

    static String kinds(JsonNode spread) {
        return list(spread.path("kinds"));
    }

    static String lacks(JsonNode spread) {
        List<String> lacks = new ArrayList<>();
        spread.path("lacks").forEach(lack -> lacks.add(LACKS.getOrDefault(lack.asText(), lack.asText())));
        return String.join(", ", lacks);
    }

    static String list(JsonNode words) {
        List<String> all = new ArrayList<>();
        words.forEach(word -> all.add(word.asText()));
        return String.join(" and ", all);
    }

    /** How many save sets are how; on one line. */
    public static String counts(JsonNode counts) {
        List<String> said = new ArrayList<>();
        counts.properties().forEach(count -> {
            if (count.getValue().asLong() > 0) {
                said.add(Words.count(count.getValue().asLong(), "save set") + " " + count.getKey());
            }
        });
        return "3-2-1: " + (said.isEmpty() ? "nothing is saved yet" : String.join(", ", said) + "; \"azekura snapshot spread\" shows each");
    }
}
