package org.azekura.server.proof;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.SiteName;
import org.azekura.api.device.Terms.Medium;
import org.azekura.api.server.Spread;
import org.azekura.api.server.Spread.Lack;
import org.azekura.api.server.Spread.State;

/** The rule of 3-2-1. */
final class Spreads {

    private static final int COPIES = 3;
    private static final int KINDS = 2;

    private Spreads() {}

    /** Where something lies whole. */
    record Place(Medium kind, SiteName site) {}

    /** @param source where what was saved is; that counts as a copy, but its medium is nobody's to know */
    static Spread of(SiteName source, List<Place> places) {
        Set<Medium> kinds = EnumSet.noneOf(Medium.class);
        TreeSet<SiteName> sites = new TreeSet<>();
        for (Place place : places) {
            kinds.add(place.kind());
            sites.add(place.site());
        }
        Set<Lack> lacks = EnumSet.noneOf(Lack.class);
        lack(lacks, Lack.COPIES, 1 + places.size() < COPIES);
        lack(lacks, Lack.KINDS, kinds.size() < KINDS);
        lack(lacks, Lack.SITE, sites.stream().allMatch(source::equals));
        return new Spread(state(places.size(), lacks.isEmpty()), 1 + places.size(), kinds, sites, lacks);
    }

    private static void lack(Set<Lack> lacks, Lack one, boolean lacking) {
        if (lacking) {
            lacks.add(one);
        }
    }

    private static State state(int places, boolean asTheRuleHasIt) {
        return asTheRuleHasIt ? State.SAFE : places > 1 ? State.PARTLY : places == 1 ? State.SINGLE : State.LOST;
    }
}
