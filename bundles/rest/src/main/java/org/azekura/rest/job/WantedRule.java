package org.azekura.rest.job;

import java.util.List;
import org.azekura.api.Rule;
import org.azekura.rest.call.Refusal;

/** A rule as it is asked for. @param pattern like {@code *.tmp} */
public record WantedRule(boolean include, String pattern) {

    /** @param rules null: none */
    public static List<Rule> all(List<WantedRule> rules) throws Refusal {
        if (rules == null) {
            return List.of();
        }
        if (rules.stream().anyMatch(rule -> rule == null || rule.pattern == null)) {
            throw Refusal.badRequest("request.value", "rules", "each of \"rules\" is like {\"include\": false, \"pattern\": \"*.tmp\"}");
        }
        return rules.stream().map(rule -> Rule.parse(rule.include, rule.pattern)).toList();
    }
}
