package org.azekura.cli.backup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.azekura.cli.text.Words;

/** A rule in the form in which it is typed. */
final class RuleWords {

    private RuleWords() {}

    static String of(JsonNode rule) {
        String value = Words.text(rule, "value");
        return switch (Words.text(rule, "kind").toLowerCase(Locale.ROOT)) {
            case "regex" -> "re:" + value;
            case "larger" -> "larger:" + value;
            case "marker" -> "marker:" + value;
            default -> value;
        };
    }
}
