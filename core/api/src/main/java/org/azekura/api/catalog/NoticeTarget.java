package org.azekura.api.catalog;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.TargetName;

/**
 * Somebody or something that is told what happens.
 *
 * @param enabled  whether it is told anything now
 * @param language of what it is told: {@code en} or {@code ja}
 * @param settings of its kind, by name, in clear
 * @param secrets  of its kind, by name, sealed by the home's key
 * @param match    which of all that happens it is told: patterns by the field that they are about
 * @param quiet    when it is told errors only, like {@code 22:00-07:00 Europe/Berlin}; empty: never
 */
public record NoticeTarget(TargetName name, Kind kind, boolean enabled, String language, SortedMap<String, String> settings, SortedMap<String, String> secrets,
        SortedMap<String, List<String>> match, String quiet, Instant made) {

    public NoticeTarget {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
        match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
    }

    /** How it is told. */
    public enum Kind {
        /** E-mail, handed to a server by SMTP. */
        MAIL,
        /** JSON, sent to an address by HTTPS. */
        WEBHOOK;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
