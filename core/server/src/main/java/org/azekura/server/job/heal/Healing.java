package org.azekura.server.job.heal;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.NodeReport;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.copy.CopyLink;
import org.azekura.server.job.copy.CopyRun;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.lock.HealedLocks;
import org.azekura.server.job.place.ArchiveReads;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.PackLedger;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.OwedLocks;

/**
 * Has what is damaged in one pool repaired from whatever copy has it. Needs no key. What fails leaves it as it was: a place that is away, or damaged itself, is told of, and the next one is
 * asked. One thread, but for {@link #packWritten}.
 *
 * <pre>
 * first   pack by pack: one of the same name takes the place of each that is damaged or gone
 * then    what no place has under its name, by its chunks: other packs that have them come beside it
 * </pre>
 */
public final class Healing implements CopyRun.Mending {

    private static final String REPAIRED = "repaired from ";

    private final Stage stage;
    private final JobRecord record;
    private final Halt halt;
    private final boolean waits;
    private final ArchiveReads archive;
    /** Into which packs are written now; null: into none. */
    private volatile Pool healed;
    /** Packs that were written in all. */
    private final AtomicInteger written = new AtomicInteger();
    /** Whether anything was lacking that no pack had which could be replaced. */
    private boolean fetched;

    /** @param waits whether what no other place has is brought from an archive; that may cost money, and the job parks */
    public Healing(Stage stage, JobRecord record, Halt halt, boolean waits) {
        this.stage = stage;
        this.record = record;
        this.halt = halt;
        this.waits = waits;
        this.archive = ArchiveReads.leaving(stage, record);
    }

    /**
     * Pack by pack alone.
     *
     * @throws BackupException only if the job is to end
     */
    @Override
    public Set<PackId> run(Pool pool, Collection<PackId> damaged) throws BackupException {
        return mend(pool, damaged).keySet();
    }

    /**
     * Repairs what it can.
     *
     * @param damaged with the snapshots that need each
     * @param unnamed what is no pack, but what lies in none that is known
     * @return what nothing lacks any more, each with where it came from, for people
     * @throws BackupException only if the job is to end
     */
    public Map<PackId, String> run(Pool pool, Map<PackId, List<SnapshotId>> damaged, PackId unnamed) throws BackupException {
        Map<PackId, String> done = mend(pool, newestFirst(damaged).stream().filter(pack -> !pack.equals(unnamed)).toList());
        Map<PackId, List<SnapshotId>> left = new LinkedHashMap<>(damaged);
        left.keySet().removeAll(done.keySet());
        int before = written.get();
        if (!left.isEmpty()) {
            fetch(pool, left, done);
        }
        fetched = written.get() > before;
        return done;
    }

    /** Whether what {@link #run} says of a pack is that it is sound again itself; else others have come beside it. */
    public static boolean isRepaired(String from) {
        return from.startsWith(REPAIRED);
    }

    /** Whether the last {@link #run(Pool, Map, PackId)} brought chunks that were lacking, beside packs that it could not replace. */
    public boolean hasFetched() {
        return fetched;
    }

    /** What the newest snapshots need, which somebody is likely to want. */
    private static List<PackId> newestFirst(Map<PackId, List<SnapshotId>> damaged) {
        Comparator<PackId> newest = Comparator.comparing(pack -> damaged.get(pack).stream().max(Comparator.naturalOrder()).map(SnapshotId::toString).orElse(""));
        return damaged.keySet().stream().sorted(newest.reversed()).toList();
    }

    private Map<PackId, String> mend(Pool pool, Collection<PackId> damaged) throws BackupException {
        Map<PackId, String> done = new LinkedHashMap<>();
        Set<PackId> left = new LinkedHashSet<>(damaged);
        fromEach(pool, left, (link, source, shown) -> new PackMends(stage, link, halt).run(source, pool, archive.readable(source, link.giver(), List.copyOf(left)), pack -> {
            done.put(pack, REPAIRED + shown);
            left.remove(pack);
            readBack(pool, pack);
        }));
        fromArchives(pool, left);
        return done;
    }

    /** What no other place has. @throws BackupException {@link org.azekura.server.job.run.Obstacle#ARCHIVED} if it waits for some of it */
    private void fromArchives(Pool pool, Set<PackId> lost) throws BackupException {
        for (Pool source : stage.catalog().read(view -> HealSources.of(view, pool))) {
            List<PackId> cold = lost.stream().filter(archive.left(source.name())::contains).toList();
            if (waits && !cold.isEmpty()) {
                ArchiveReads.asking(stage, record).readable(source, stage.hosts().node(source.node()), cold);
            } else if (!cold.isEmpty()) {
                record.line(JobLine.Level.WARN, cold.size() + (cold.size() == 1 ? " damaged pack lies" : " damaged packs lie") + " in the archive of pool " + source.name()
                        + ", which this job asks for nothing; a job of the kind heal does, and waits");
            }
        }
    }

    private void readBack(Pool pool, PackId pack) throws BackupException {
        stage.catalog().write(edit -> {
            Pack row = edit.pack(pack, pool.name()).orElse(null);
            if (row != null) {
                edit.putVerified(pack, row.volume(), stage.clock().instant());
            }
            return null;
        });
    }

    private void fetch(Pool pool, Map<PackId, List<SnapshotId>> damaged, Map<PackId, String> done) throws BackupException {
        Set<PackId> left = new LinkedHashSet<>(damaged.keySet());
        Map<SnapshotId, String> whole = new LinkedHashMap<>();
        fromEach(pool, left, (link, source, shown) -> {
            new ChunkMends(stage, link, halt, archive).run(source, damaged.values().stream().flatMap(List::stream).filter(id -> !whole.containsKey(id)).distinct().toList(),
                    id -> whole.put(id, "what was lost came in other packs from " + shown));
            for (PackId pack : List.copyOf(left)) {
                List<SnapshotId> needing = damaged.get(pack);
                if (whole.keySet().containsAll(needing)) {
                    done.put(pack, needing.isEmpty() ? "nothing needs it any more" : whole.get(needing.getLast()));
                    left.remove(pack);
                }
            }
        });
    }

    private interface Step {
        void from(CopyLink link, Pool source, String shown) throws BackupException;
    }

    /** One place after the other, as long as something is left. */
    private void fromEach(Pool pool, Set<PackId> left, Step step) throws BackupException {
        for (Pool source : stage.catalog().read(view -> HealSources.of(view, pool))) {
            halt.check();
            String shown = stage.catalog().read(view -> HealSources.shown(view, source));
            try {
                if (!left.isEmpty()) {
                    from(source, pool, link -> step.from(link, source, shown));
                }
            } catch (BackupException e) {
                halt.check();
                record.line(JobLine.Level.WARN, "nothing more is repaired from " + shown + ": " + e.getMessage());
            }
        }
    }

    private interface Linked {
        void by(CopyLink link) throws BackupException;
    }

    private void from(Pool source, Pool pool, Linked step) throws BackupException {
        stage.pools().require(source, new LostPacks(stage));
        ConnectedNode giver = stage.hosts().node(source.node());
        CopyLink link = new CopyLink(record, giver, source.name(), stage.hosts().node(pool.node()), pool.name());
        healed = pool;
        try {
            link.begin();
            step.by(link);
        } finally {
            link.end();
            healed = null;
            settle(pool);
        }
    }

    /** Of what came, also if the place broke behind it: nobody comes to it later. */
    private void settle(Pool pool) throws BackupException {
        measure(pool);
        new HealedLocks(stage, record, halt).lock(pool);
    }

    /** What was gone when the pool was opened was not counted then, and is there again. Of cartridges their library tells. */
    private void measure(Pool pool) throws BackupException {
        stage.catalog().write(edit -> {
            for (Volume volume : edit.volumes()) {
                if (volume.pool().equals(pool.name()) && volume.barcode() == null) {
                    edit.putVolume(volume.filled(edit.bytesOn(volume.id())));
                }
            }
            return null;
        });
    }

    @Override
    public boolean isWriting() {
        return healed != null;
    }

    /** As {@link org.azekura.server.job.run.Run#packWritten}. */
    @Override
    public void packWritten(NodeName node, NodeReport.PackWritten report) throws BackupException {
        Pool pool = healed;
        if (pool == null) {
            throw BackupException.operator("pack.foreign", report.pack().toString(), "storage node " + node + " tells of pack " + report.pack() + ", which nobody asked for");
        }
        PackLedger.enter(stage.catalog(), pool.name(), node, report, edit -> OwedLocks.owe(edit, pool.name(), report.pack()));
        written.incrementAndGet();
    }
}
