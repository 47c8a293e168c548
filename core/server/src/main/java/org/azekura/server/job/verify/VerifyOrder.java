package org.azekura.server.job.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Volume;
import org.azekura.server.job.run.JobRecord;

/**
 * In which order the packs of a pool are verified that lies on several volumes: volume after volume, so that each cartridge is fetched once, that of the
 * pack first that waits for the longest time. Those on volumes that are not there wait for another time, and are told of.
 */
record VerifyOrder(CatalogStore catalog, JobRecord record, PoolName pool) {

    /** @param away packs that are left out */
    record Ordered(List<PackId> packs, int away) {}

    /** @param wanted those first that were not verified for the longest time; unknown ones come first */
    Ordered order(List<PackId> wanted, Map<PackId, Pack> known) throws BackupException {
        Map<VolumeId, Volume> volumes = catalog.read(view -> view.volumes()).stream().filter(volume -> volume.pool().equals(pool))
                .collect(Collectors.toMap(Volume::id, volume -> volume));
        if (volumes.size() < 2 && volumes.values().stream().noneMatch(VerifyOrder::isAway)) {
            return new Ordered(wanted, 0);
        }
        Map<VolumeId, List<PackId>> byVolume = new LinkedHashMap<>();
        Map<String, Integer> away = new TreeMap<>();
        List<PackId> ordered = new ArrayList<>();
        for (PackId pack : wanted) {
            Volume volume = known.containsKey(pack) ? volumes.get(known.get(pack).volume()) : null;
            if (volume == null) {
                ordered.add(pack);
            } else if (isAway(volume)) {
                away.merge(volume.label() + (volume.barcode() == null ? "" : " (" + volume.barcode() + ")"), 1, Integer::sum);
            } else {
                byVolume.computeIfAbsent(volume.id(), id -> new ArrayList<>()).add(pack);
            }
        }
        away.forEach((label, packs) -> record.line(JobLine.Level.WARN, packs + " packs on volume " + label + " are not read: it is not in its library"));
        byVolume.values().forEach(ordered::addAll);
        return new Ordered(ordered, away.values().stream().mapToInt(Integer::intValue).sum());
    }

    private static boolean isAway(Volume volume) {
        return volume.state() == Volume.State.MISSING;
    }
}
