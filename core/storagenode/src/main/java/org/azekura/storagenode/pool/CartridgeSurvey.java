package org.azekura.storagenode.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.VolumeId;
import org.azekura.storagenode.cartridge.Recall;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.KnownPack;

/**
 * Learns what is in packs on cartridges: from registers, and from each pack itself that none names. Each cartridge is gone to once, from one end to the other. So a node
 * that knew nothing before keeps what somebody who makes a catalog anew asks for next: registers, the newest checkpoint, and beside the packs that no register names the
 * manifests and tree pages there. He is served from that, and no cartridge is brought again for him.
 *
 * @param folder before the keys on the medium, as {@link Pool#folder}
 */
record CartridgeSurvey(Device device, String folder, Recall recall, ChunkIndex index, AtHand hand) {

    /** Reads what a pack says of itself. */
    @FunctionalInterface
    interface Learning {
        void learn(PackId pack) throws BackupException;
    }

    /** Something that is gone to. */
    private record Stop(String key, long size, PackId pack, Optional<BlobPlace> place) {}

    /** @param unknown packs that the index does not know, with their sizes */
    void run(Map<PackId, Long> unknown, Instant found, Learning learning) throws BackupException {
        boolean all = index.packs() == 0 && !unknown.isEmpty();
        RegisterBlobs blobs = new RegisterBlobs(device, folder, hand);
        Optional<VolumeId> there = recall.written();
        if (all) {
            there = visit(inOrder(beginning(blobs), there), all, there, learning);
        }
        Registers.take(blobs, index, unknown, found);
        List<Stop> stops = new ArrayList<>();
        for (Map.Entry<PackId, Long> pack : unknown.entrySet()) {
            stops.add(stop(VolumeKeys.pack(pack.getKey()), pack.getValue(), pack.getKey()));
        }
        if (all) {
            Map<String, Long> small = listed(VolumeKeys.MANIFESTS);
            ManifestRead.registered(blobs, small, manifest -> {});
            small.putAll(listed(VolumeKeys.DAMAGED));
            small.putAll(listed(VolumeKeys.AUDIT));
            for (Map.Entry<String, Long> blob : small.entrySet()) {
                stops.add(stop(blob.getKey(), blob.getValue(), null));
            }
        }
        visit(inOrder(stops, there), all, there, learning);
    }

    /** What says most of what lies there. */
    private List<Stop> beginning(RegisterBlobs blobs) throws BackupException {
        List<Stop> stops = new ArrayList<>();
        for (RegisterBlobs.Lying register : blobs.all()) {
            stops.add(stop(register.key(), register.size(), null));
        }
        Optional<Map.Entry<String, Long>> newest = listed(VolumeKeys.CHECKPOINTS).entrySet().stream().max(Comparator.comparingLong(one -> VolumeKeys.checkpoint(one.getKey())));
        if (newest.isPresent()) {
            stops.add(stop(newest.get().getKey(), newest.get().getValue(), null));
        }
        return stops;
    }

    private Map<String, Long> listed(String prefix) throws BackupException {
        Map<String, Long> listed = new LinkedHashMap<>();
        device.call("list " + prefix, PackSurvey.LIST, store -> {
            store.list(prefix, blob -> listed.put(blob.key(), blob.size()));
            return null;
        });
        return listed;
    }

    private Stop stop(String key, long size, PackId pack) throws BackupException {
        return new Stop(key, size, pack, recall.place(folder + key));
    }

    /** As they lie: first those on the cartridge that is there, then one cartridge after the other. What is on none yet comes before all. */
    private List<Stop> inOrder(List<Stop> stops, Optional<VolumeId> there) throws BackupException {
        List<VolumeId> order = new ArrayList<>(recall.all());
        there.filter(order::remove).ifPresent(order::addFirst);
        return stops.stream().sorted(Comparator.<Stop>comparingInt(stop -> stop.place.map(place -> order.indexOf(place.volume())).orElse(-1))
                .thenComparing(stop -> stop.place.map(BlobPlace::position).orElse(null), Comparator.nullsFirst(Comparator.naturalOrder()))).toList();
    }

    /** The cartridge that is there afterwards. */
    private Optional<VolumeId> visit(List<Stop> stops, boolean keeps, Optional<VolumeId> before, Learning learning) throws BackupException {
        Optional<VolumeId> there = before;
        Set<VolumeId> away = new HashSet<>();
        for (Stop stop : stops) {
            if (stop.pack != null) {
                learning.learn(stop.pack);
            }
            if (stop.place.isPresent()) {
                there = stop.place.map(BlobPlace::volume);
                if (keeps && !away.contains(there.get()) && isAskedFor(stop)) {
                    keep(stop, there.get(), away);
                }
            }
        }
        return there;
    }

    /** Where that fails, whoever asks for it is told why; here it would be tried in vain for each blob there. */
    private void keep(Stop stop, VolumeId volume, Set<VolumeId> away) {
        try {
            hand.keep(device, stop.key, stop.size);
        } catch (BackupException e) {
            PackSurvey.LOG.info("volume {}: {}", volume, e.getMessage());
            away.add(volume);
        }
    }

    /** Data are restored from where they lie. */
    private boolean isAskedFor(Stop stop) throws BackupException {
        KnownPack pack = stop.pack == null ? null : index.pack(stop.pack);
        return stop.pack == null || pack != null && pack.tree();
    }
}
