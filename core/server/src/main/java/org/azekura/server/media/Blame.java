package org.azekura.server.media;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.catalog.DriveErrors;

/**
 * Who is to blame for errors that were not recovered: a cartridge that had some in two drives is suspect, a drive that had some with two cartridges
 * is down. Errors of one cartridge in one drive say nothing, however many they are, until one of the two meets another. What is explained already
 * explains no more: errors in a drive that is down are not the cartridge's, and those of a suspect cartridge not the drive's.
 *
 * @param cartridges that are suspect, by barcode
 * @param drives     that are down
 */
record Blame(Set<String> cartridges, Set<String> drives) {

    /** So many partners, each with an error. */
    private static final int PARTNERS = 2;

    /**
     * Pure. Who had the most partners is blamed first, among those who have as many the cartridge: it is replaced with less ado.
     *
     * @param errors of pairs since their drive was last down, or their cartridge found well
     */
    static Blame of(List<DriveErrors> errors) {
        Set<DriveErrors> open = new HashSet<>(errors);
        Set<String> cartridges = new TreeSet<>();
        Set<String> drives = new TreeSet<>();
        while (true) {
            Accused worst = worst(open);
            if (worst == null) {
                return new Blame(cartridges, drives);
            }
            if (worst.isDrive()) {
                drives.add(worst.name());
                open.removeIf(one -> one.drive().equals(worst.name()));
            } else {
                cartridges.add(worst.name());
                open.removeIf(one -> one.barcode().equals(worst.name()));
            }
        }
    }

    private record Accused(String name, boolean isDrive, long partners) {

        private static final Comparator<Accused> WORST = Comparator.comparingLong(Accused::partners).reversed().thenComparing(Accused::isDrive)
                .thenComparing(Accused::name);
    }

    private static Accused worst(Set<DriveErrors> open) {
        Set<Accused> all = new HashSet<>();
        for (DriveErrors one : open) {
            all.add(new Accused(one.barcode(), false, open.stream().filter(other -> other.barcode().equals(one.barcode())).count()));
            all.add(new Accused(one.drive(), true, open.stream().filter(other -> other.drive().equals(one.drive())).count()));
        }
        return all.stream().filter(one -> one.partners() >= PARTNERS).min(Accused.WORST).orElse(null);
    }
}
