package org.azekura.api.server;

import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import org.azekura.api.SiteName;
import org.azekura.api.device.Terms.Medium;

/**
 * How far apart the places are in which a snapshot lies whole, by the rule of 3-2-1: three copies, what was saved among them; two kinds of medium; one place at
 * another site than what was saved.
 *
 * @param copies places in which it is whole, and what was saved itself
 * @param kinds  of medium of those places
 * @param sites  at which those places are
 * @param lacks  what the rule asks for and is not so
 */
public record Spread(State state, int copies, Set<Medium> kinds, SortedSet<SiteName> sites, Set<Lack> lacks) {

    /** How it stands, the best first. */
    public enum State {
        /** As the rule has it. */
        SAFE,
        /** In several places, but not as the rule has it. */
        PARTLY,
        /** In one place. */
        SINGLE,
        /** In no place whole. */
        LOST;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A part of the rule. */
    public enum Lack {
        COPIES, KINDS, SITE;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
