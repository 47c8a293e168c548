package org.azekura.server.job.place;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.device.RetrievalTier;
import org.azekura.api.server.Thaw;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.DeviceTerms;
import org.azekura.server.pool.PoolThaw;

/** Keeps a job from packs that lie in an archive: it has them brought and waits, or does without them, since to have them brought may cost money. One thread. */
public final class ArchiveReads {

    /** A cloud is read so fast, if nobody says otherwise; bytes a second. */
    private static final long RATE = 25_000_000;

    private final Stage stage;
    private final JobRecord record;
    private final boolean asks;
    private final Map<PoolName, List<RetrievalTier>> tiers = new HashMap<>();
    private final Map<PoolName, Set<PackId>> left = new HashMap<>();

    private ArchiveReads(Stage stage, JobRecord record, boolean asks) {
        this.stage = stage;
        this.record = record;
        this.asks = asks;
    }

    /** Of a job that waits. */
    public static ArchiveReads asking(Stage stage, JobRecord record) {
        return new ArchiveReads(stage, record, true);
    }

    /** Of a job that does without. */
    public static ArchiveReads leaving(Stage stage, JobRecord record) {
        return new ArchiveReads(stage, record, false);
    }

    /**
     * Those of the packs that can be read now.
     *
     * @param place a pool, or a replica of one
     * @throws BackupException {@link Obstacle#ARCHIVED} if it waits
     */
    public List<PackId> readable(Pool place, ConnectedNode node, List<PackId> wanted) throws BackupException {
        if (!tiers.containsKey(place.name())) {
            tiers.put(place.name(), new DeviceTerms(stage.catalog()).ask(place, node).tiers());
        }
        if (wanted.isEmpty() || tiers.get(place.name()).isEmpty()) {
            return wanted;
        }
        Cold cold = new ArchiveLook(stage, place, node).of(wanted);
        if (asks) {
            Thaw how = stage.catalog().read(view -> PoolThaw.of(view, view.replica(place.name()).map(Replica::within).orElse(place.name())));
            new ArchiveWait(stage, record, place, node).require(new Thawing(cold, tiers.get(place.name()), how), Duration.ofSeconds(cold.bytes() / RATE));
        }
        if (!cold.isAny()) {
            return wanted;
        }
        Set<PackId> away = new HashSet<>(cold.archived());
        away.addAll(cold.coming());
        if (left.computeIfAbsent(place.name(), name -> new LinkedHashSet<>()).isEmpty()) {
            record.line(JobLine.Level.WARN, "pool " + place.name() + " has packs in its archive: they are not looked at, and nothing is asked of it");
        }
        left.get(place.name()).addAll(away);
        List<PackId> there = new ArrayList<>(wanted);
        there.removeAll(away);
        return there;
    }

    /** Packs of a place that were done without. */
    public Set<PackId> left(PoolName place) {
        return left.getOrDefault(place, Set.of());
    }
}
