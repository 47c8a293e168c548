package org.azekura.rest.notice;

import java.util.List;
import java.util.Map;
import org.azekura.api.catalog.NoticeTarget;
import org.azekura.rest.call.Json;

/**
 * Who is told what happens.
 *
 * @param settings of its kind
 * @param secrets  names of those that are set; they are never told
 * @param match    patterns by the field that they are about
 * @param quiet    when it is told errors only; empty: never
 */
record TargetRow(String name, String kind, boolean enabled, String language, Map<String, String> settings, List<String> secrets, Map<String, List<String>> match, String quiet,
        String made) {

    static TargetRow of(NoticeTarget target) {
        return new TargetRow(target.name().value(), target.kind().word(), target.enabled(), target.language(), target.settings(), List.copyOf(target.secrets().keySet()), target.match(),
                target.quiet(), Json.time(target.made()));
    }
}
