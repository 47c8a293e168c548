package org.azekura.server.job.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.place.ArchiveReads;
import org.azekura.server.job.place.Cartridges;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Orders;

/**
 * Has packs of a pool read by its node. Cartridges that turn out to be away, or to be others than expected, are told of once, and what lies on them is left out. One
 * thread.
 */
final class VerifyReads {

    /** Packs a node reads per order: a cancelled job ends after one. */
    static final int BATCH = 8;

    private final JobRecord record;
    private final ConnectedNode node;
    private final Pool place;
    private final PoolName pool;
    private final ArchiveReads archive;
    private final boolean indexOnly;
    private final Map<PackId, Pack> known;
    private final Set<VolumeId> away = new HashSet<>();

    /** @param archive that does without */
    VerifyReads(JobRecord record, ConnectedNode node, Pool place, boolean indexOnly, Map<PackId, Pack> known, ArchiveReads archive) {
        this.record = record;
        this.node = node;
        this.place = place;
        this.pool = place.name();
        this.archive = archive;
        this.indexOnly = indexOnly;
        this.known = known;
    }

    /** Which packs were read, and what was found. */
    record Read(List<PackId> packs, List<PackAnswer.DamagedPack> damaged) {}

    Read read(List<PackId> wanted) throws BackupException {
        List<PackId> there = archive.readable(place, node, wanted.stream().filter(pack -> !away.contains(volume(pack))).toList());
        if (there.isEmpty()) {
            return new Read(List.of(), List.of());
        }
        try {
            return new Read(there, node.ask(new PackOrder.VerifyPacks(record.id(), pool, there, indexOnly), PackAnswer.Verified.class, Orders.READ).damaged());
        } catch (BackupException e) {
            if (!Obstacle.isStray(e) || Cartridges.of(node, pool) == null) {
                throw e;
            }
            return there.size() > 1 ? oneByOne(there) : without(there.getFirst(), e);
        }
    }

    /** They may lie on several cartridges. */
    private Read oneByOne(List<PackId> wanted) throws BackupException {
        List<PackId> packs = new ArrayList<>();
        List<PackAnswer.DamagedPack> damaged = new ArrayList<>();
        for (PackId pack : wanted) {
            Read one = read(List.of(pack));
            packs.addAll(one.packs);
            damaged.addAll(one.damaged);
        }
        return new Read(packs, damaged);
    }

    private Read without(PackId pack, BackupException why) throws BackupException {
        if (volume(pack) == null) {
            throw why;
        }
        away.add(volume(pack));
        record.line(JobLine.Level.WARN, "what lies there is not read: " + why.getMessage());
        return new Read(List.of(), List.of());
    }

    /** Null if nobody knows. */
    private VolumeId volume(PackId pack) {
        return known.containsKey(pack) ? known.get(pack).volume() : null;
    }
}
