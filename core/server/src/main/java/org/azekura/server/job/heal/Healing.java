package org.azekura.server.job.heal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.HealOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PackAnswer;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.copy.CopyLink;
import org.azekura.server.job.copy.PackErrand;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.place.PlaceOrder;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.PackLedger;
import org.azekura.server.job.run.Stage;

/**
 * Has packs of one pool repaired from whatever copy has them. Needs no key. What fails leaves a pack as it was: a place that is away, or damaged itself, is told of, and the
 * next one is asked. One thread, but for {@link #packWritten}.
 */
public final class Healing {

    private final Stage stage;
    private final JobRecord record;
    private final Halt halt;
    /** Into which packs are written now. */
    private volatile Pool healed;

    public Healing(Stage stage, JobRecord record, Halt halt) {
        this.stage = stage;
        this.record = record;
        this.halt = halt;
    }

    /**
     * Repairs what it can.
     *
     * @return the packs that are sound now, each with where it came from, for people
     * @throws BackupException only if the job is to end
     */
    public Map<PackId, String> run(Pool pool, Collection<PackId> damaged) throws BackupException {
        Map<PackId, String> done = new LinkedHashMap<>();
        Set<PackId> left = new LinkedHashSet<>(damaged);
        for (Pool source : stage.catalog().read(view -> HealSources.of(view, pool))) {
            halt.check();
            String shown = stage.catalog().read(view -> HealSources.shown(view, source));
            try {
                if (!left.isEmpty()) {
                    from(source, pool, List.copyOf(left), pack -> {
                        done.put(pack, shown);
                        left.remove(pack);
                    });
                }
            } catch (BackupException e) {
                halt.check();
                record.line(JobLine.Level.WARN, "nothing more is repaired from " + shown + ": " + e.getMessage());
            }
        }
        return done;
    }

    /** @param sound told of each pack as soon as it is */
    private void from(Pool source, Pool pool, List<PackId> wanted, Consumer<PackId> sound) throws BackupException {
        stage.pools().require(source, new LostPacks(stage));
        ConnectedNode giver = stage.hosts().node(source.node());
        ConnectedNode taker = stage.hosts().node(pool.node());
        Map<PackId, Pack> here = rows(pool, wanted);
        List<PackId> ordered = PlaceOrder.of(wanted, rows(source, wanted));
        CopyLink link = new CopyLink(record, giver, source.name(), taker, pool.name());
        healed = pool;
        try {
            link.begin();
            PackErrand errand = new PackErrand(stage, link, halt);
            for (int at = 0; at < ordered.size(); at += PackErrand.BATCH) {
                halt.check();
                List<HealOrder.Wanted> some = ordered.subList(at, Math.min(ordered.size(), at + PackErrand.BATCH)).stream().map(pack -> wanted(pack, here)).toList();
                PackAnswer.Copied came = errand.send(new HealOrder.MendPacks(record.id(), pool.name(), source.name(), some));
                came.not().forEach(not -> record.line(JobLine.Level.WARN, "pack " + not.pack() + " is not repaired from there: " + not.why()));
                came.packs().forEach(sound);
            }
        } finally {
            link.end();
        }
    }

    private Map<PackId, Pack> rows(Pool pool, List<PackId> packs) throws BackupException {
        Map<PackId, Pack> rows = new LinkedHashMap<>();
        stage.catalog().read(view -> {
            for (PackId pack : packs) {
                view.pack(pack, pool.name()).ifPresent(row -> rows.put(pack, row));
            }
            return null;
        });
        return rows;
    }

    private static HealOrder.Wanted wanted(PackId pack, Map<PackId, Pack> rows) {
        Pack row = rows.get(pack);
        return row == null ? new HealOrder.Wanted(pack, -1, -1) : new HealOrder.Wanted(pack, row.size(), row.chunks());
    }

    /** As {@link org.azekura.server.job.run.Run#packWritten}. */
    public void packWritten(NodeName node, NodeReport.PackWritten written) throws BackupException {
        PackLedger.enter(stage.catalog(), healed.name(), node, written);
    }
}
