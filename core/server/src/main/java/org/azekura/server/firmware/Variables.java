package org.azekura.server.firmware;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the updater says as variables of a shell: one a line, the value quoted as {@code g_shell_quote} does, which is in single quotes, with
 * {@code '\''} for one of them.
 */
record Variables(Map<String, String> values) {

    private static final Pattern LINE = Pattern.compile("(?m)^(RAUC_\\w+)=(.*)$");
    private static final String QUOTE = "'";

    Variables {
        values = Map.copyOf(values);
    }

    static Variables of(String text) {
        return new Variables(LINE.matcher(text).results().collect(Collectors.toMap(line -> line.group(1), line -> plain(line.group(2)), (first, again) -> again)));
    }

    private static String plain(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith(QUOTE) && value.endsWith(QUOTE);
        return quoted ? value.substring(1, value.length() - 1).replaceAll("'\\\\''", Matcher.quoteReplacement(QUOTE)) : value;
    }

    /** Empty if it is not told. */
    String get(String name) {
        return values.getOrDefault("RAUC_" + name, "");
    }

    /** The words of a value. */
    List<String> words(String name) {
        return List.of(get(name).strip().split("\\s+"));
    }
}
