package org.azekura.notify;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.azekura.api.catalog.Alert.Severity;

/**
 * Which of all that happens a target is told. Of each field: one of its patterns has to fit if there are any, and none of those behind a {@code !} may. A star
 * stands for any letters. What lacks the field fits no pattern.
 */
final class Match {

    /** What patterns may be about. */
    static final Map<String, Function<Told, String>> FIELDS = new TreeMap<>(Map.of("severity", Told::severity, "code", Told::code, "kind", Told::kind, "client", Told::client, "pool",
            Told::pool, "policy", Told::policy, "saveSet", Told::saveSet));
    /** Where nothing is said of severities. */
    static final List<String> USUAL = List.of(Severity.WARNING.word(), Severity.ERROR.word());
    private static final int MOST = 100;
    private static final int LONGEST = 200;
    private static final String NOT = "!";

    private final Map<String, List<String>> patterns;

    private Match(Map<String, List<String>> patterns) {
        this.patterns = patterns;
    }

    static Match of(Map<String, List<String>> patterns) {
        Map<String, List<String>> all = new TreeMap<>(patterns);
        all.putIfAbsent("severity", USUAL);
        return new Match(all);
    }

    /** @return what is wrong, null if nothing is */
    static String wrong(String field, List<String> patterns) {
        if (!FIELDS.containsKey(field)) {
            return "patterns are about " + String.join(", ", FIELDS.keySet()) + "; not about \"" + field + "\"";
        }
        if (patterns.size() > MOST || patterns.stream().anyMatch(one -> one == null || one.isBlank() || one.length() > LONGEST || one.chars().anyMatch(Character::isISOControl))) {
            return "patterns of \"" + field + "\" are up to " + MOST + " words of up to " + LONGEST + " letters, like \"web*\" or \"!drill\"";
        }
        List<String> severities = Stream.of(Severity.values()).map(Severity::word).toList();
        return field.equals("severity") && patterns.stream().anyMatch(one -> severities.stream().noneMatch(word -> fits(one.startsWith(NOT) ? one.substring(1) : one, word)))
                ? "a severity is one of " + String.join(", ", severities) : null;
    }

    boolean fits(Told told) {
        return patterns.entrySet().stream().allMatch(field -> fits(field.getValue(), FIELDS.get(field.getKey()).apply(told)));
    }

    private static boolean fits(List<String> patterns, String value) {
        List<String> wanted = patterns.stream().filter(one -> !one.startsWith(NOT)).toList();
        return (wanted.isEmpty() || wanted.stream().anyMatch(one -> fits(one, value)))
                && patterns.stream().filter(one -> one.startsWith(NOT)).noneMatch(one -> fits(one.substring(1), value));
    }

    private static boolean fits(String pattern, String value) {
        return value != null && Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), value);
    }
}
