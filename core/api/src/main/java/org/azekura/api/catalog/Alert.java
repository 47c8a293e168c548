package org.azekura.api.catalog;

import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that needs a look for as long as it is so. What it is about, and its code, make it the one that it is; the rest may change.
 *
 * @param code   stable, for programs: {@code pool.key.notexported}
 * @param values what the text names, by names that stay; without the subject's own name only where that says nothing
 * @param since  when it was first seen; null until somebody has looked
 * @param text   for people, one line: what is wrong and what would do
 */
public record Alert(String code, Severity severity, Subject subject, SortedMap<String, String> values, Instant since, String text) {

    public Alert {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** One that nobody has looked at. */
    public static Alert of(String code, Severity severity, Subject subject, Map<String, String> values, String text) {
        return new Alert(code, severity, subject, new TreeMap<>(values), null, text);
    }

    /** How much of a look it needs. */
    public enum Severity {
        /** Good to know. */
        INFO,
        /** Something will go wrong if nobody looks. */
        WARNING,
        /** Something goes wrong now. */
        ERROR;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What it is about.
     *
     * @param kind appliance, pool, node, client, policy, drill plan, save set, job, drive, disk, power, target, request or disk set
     * @param name empty for the appliance itself
     */
    public record Subject(String kind, String name) {

        public static final Subject APPLIANCE = new Subject("appliance", "");

        /** @param name its text is the name */
        public static Subject of(String kind, Object name) {
            return new Subject(kind, name.toString());
        }
    }

    /** Which one it is. */
    public record Key(String code, Subject subject) {}

    public Key key() {
        return new Key(code, subject);
    }

    /** This alert, first seen then. */
    public Alert since(Instant time) {
        return new Alert(code, severity, subject, values, time, text);
    }
}
