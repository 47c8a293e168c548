package org.azekura.rest.alert;

import java.util.SortedMap;
import org.azekura.api.catalog.Alert;
import org.azekura.rest.call.Json;

/**
 * An alert.
 *
 * @param code   stable
 * @param kind   of what it is about: appliance, pool, node, client, policy, job, drive, power or target
 * @param name   of what it is about; empty for the appliance
 * @param values what the text names
 * @param text   in English
 */
public record AlertView(String code, String severity, String kind, String name, SortedMap<String, String> values, String since, String text) {

    public static AlertView of(Alert alert) {
        return new AlertView(alert.code(), alert.severity().word(), alert.subject().kind(), alert.subject().name(), alert.values(), Json.time(alert.since()), alert.text());
    }
}
