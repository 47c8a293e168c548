package org.azekura.server.job.place;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.PackId;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Pack;

/**
 * Brings packs into the order in which they lie on cartridges, one cartridge after the other, so that who reads all of them passes over each once. What lies
 * on a disk stays as it is.
 */
public final class PlaceOrder {

    /** A position as drives tell it: how many objects lie before it, and what the drive needs to get there. */
    private static final Pattern ON_TAPE = Pattern.compile("(\\d{1,18})(?:/.*)?");

    private PlaceOrder() {}

    private record Place(int cartridge, long object) {}

    /** @param rows of the packs, as far as they are known */
    public static List<PackId> of(List<PackId> packs, Map<PackId, Pack> rows) {
        Map<VolumeId, Integer> cartridges = new HashMap<>();
        Map<PackId, Place> places = new HashMap<>();
        for (PackId pack : packs) {
            Pack row = rows.get(pack);
            Matcher place = row == null ? null : ON_TAPE.matcher(row.position());
            if (place != null && place.matches()) {
                int cartridge = cartridges.computeIfAbsent(row.volume(), volume -> cartridges.size());
                places.put(pack, new Place(cartridge, Long.parseLong(place.group(1))));
            }
        }
        List<PackId> ordered = new ArrayList<>(packs.stream().filter(pack -> !places.containsKey(pack)).toList());
        packs.stream().filter(places::containsKey).sorted(Comparator.comparing((PackId pack) -> places.get(pack).cartridge)
                .thenComparing(pack -> places.get(pack).object)).forEach(ordered::add);
        return ordered;
    }

    /** The same for so many of them at a time that have these bytes: what comes first by some other order stays before what comes far behind. */
    public static List<PackId> within(long bytes, List<PackId> packs, Map<PackId, Pack> rows) {
        List<PackId> ordered = new ArrayList<>();
        List<PackId> some = new ArrayList<>();
        long size = 0;
        for (PackId pack : packs) {
            some.add(pack);
            size += rows.containsKey(pack) ? rows.get(pack).size() : 0;
            if (size >= bytes) {
                ordered.addAll(of(some, rows));
                some.clear();
                size = 0;
            }
        }
        ordered.addAll(of(some, rows));
        return ordered;
    }
}
