package org.azekura.server.library;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.Answer;
import org.azekura.api.message.VolumeOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.azekura.server.pool.MediaSets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has nodes write nothing more on a volume that was locked, or that a drive or another has called bad: a node goes on with the last of a set without asking. Only
 * the last can be written. Thread-safe.
 */
final class ShutVolumes {

    /** Behind the batch that is being written. */
    private static final Duration BEHIND = Duration.ofMinutes(6);
    private static final Logger log = LoggerFactory.getLogger(ShutVolumes.class);

    private final CatalogStore catalog;
    private final Hosts hosts;
    /** What nodes have heard. */
    private final Map<ConnectedNode, Set<VolumeId>> told = new WeakHashMap<>();

    ShutVolumes(CatalogStore catalog, Hosts hosts) {
        this.catalog = catalog;
        this.hosts = hosts;
    }

    /** Tells all nodes what they have not heard yet. */
    void round() throws BackupException {
        for (ConnectedNode node : List.copyOf(hosts.nodes())) {
            Set<VolumeId> heard;
            synchronized (told) {
                heard = told.computeIfAbsent(node, any -> ConcurrentHashMap.newKeySet());
            }
            for (Volume volume : catalog.read(view -> closed(view, node.name()))) {
                if (!heard.contains(volume.id())) {
                    tell(node, volume, heard);
                }
            }
        }
    }

    private static List<Volume> closed(CatalogView view, NodeName node) throws BackupException {
        List<Volume> closed = new ArrayList<>();
        List<Volume> all = view.volumes();
        for (Pool pool : MediaSets.all(view)) {
            if (pool.node().equals(node)) {
                all.stream().filter(volume -> volume.pool().equals(pool.name()) && volume.isInSet() && volume.barcode() != null).max(Comparator.comparingInt(Volume::number))
                        .filter(ShutVolumes::isClosed).ifPresent(closed::add);
            }
        }
        return closed;
    }

    private static boolean isClosed(Volume volume) {
        return switch (volume.state()) {
            case SUSPECT, LOCKED -> true;
            case SCRATCH, APPENDABLE, FULL, QUARANTINED, EXPIRED, MISSING, CLEANING -> false;
        };
    }

    private static void tell(ConnectedNode node, Volume volume, Set<VolumeId> heard) {
        try {
            node.ask(new VolumeOrder.ShutVolume(volume.pool(), volume.id()), Answer.Done.class, BEHIND);
            heard.add(volume.id());
            log.info("volume={} barcode={} is {}: nothing more is written on it", volume.label(), volume.barcode(), volume.state().word());
        } catch (BackupException e) {
            log.debug("volume={} is not closed yet: {}", volume.label(), e.getMessage());
        }
    }
}
