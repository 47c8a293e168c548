package org.azekura.server.job.copy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.CopyOrder;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.damage.DamageSearch;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.place.ArchiveReads;
import org.azekura.server.job.place.PlaceOrder;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;

/** Has packs copied from node to node. One that does not come whole is looked at where it is, and never asked for again. */
final class PackFetch {

    private final Stage stage;
    private final CopyLink link;
    private final Pool from;
    private final Halt halt;
    private final ArchiveReads archive;
    private final PackErrand errand;
    private final Set<PackId> bad = new HashSet<>();
    private final List<JobResult.Damage> damaged = new ArrayList<>();
    /** Of these, what was found since somebody asked. */
    private final Set<PackId> untold = new LinkedHashSet<>();

    PackFetch(Stage stage, CopyLink link, Pool from, Halt halt, ArchiveReads archive) {
        this.stage = stage;
        this.link = link;
        this.from = from;
        this.halt = halt;
        this.archive = archive;
        this.errand = new PackErrand(stage, link, halt);
    }

    /** Packs that can't be copied. */
    Set<PackId> bad() {
        return bad;
    }

    List<JobResult.Damage> damaged() {
        return damaged;
    }

    /** Packs that were found damaged, each told once. */
    Set<PackId> found() {
        Set<PackId> told = Set.copyOf(untold);
        untold.clear();
        return told;
    }

    /** They were repaired: they can be asked for. */
    void isSound(Set<PackId> packs) {
        bad.removeAll(packs);
        damaged.removeIf(damage -> packs.contains(damage.pack()));
    }

    /** @throws BackupException {@link Obstacle#ARCHIVED} if some lie in an archive and were asked for */
    void run(List<PackId> all) throws BackupException {
        List<PackId> wanted = archive.readable(from, link.giver(), all);
        bad.addAll(archive.left(from.name()));
        Map<PackId, Pack> rows = new HashMap<>();
        stage.catalog().read(view -> {
            for (PackId pack : wanted) {
                view.pack(pack, from.name()).ifPresent(row -> rows.put(pack, row));
            }
            return null;
        });
        List<PackId> packs = PlaceOrder.of(wanted, rows);
        for (int at = 0; at < packs.size(); at += PackErrand.BATCH) {
            halt.check();
            List<PackId> some = List.copyOf(packs.subList(at, Math.min(packs.size(), at + PackErrand.BATCH)));
            for (PackAnswer.NotCopied not : errand.send(new CopyOrder.CopyPacks(link.record().id(), link.to(), link.from(), some)).not()) {
                look(not);
            }
        }
    }

    /** @throws BackupException {@link Obstacle#MISSING} also if another cartridge is in the place of its own: then nothing is known of it */
    private List<PackAnswer.DamagedPack> verify(PackId pack) throws BackupException {
        try {
            return link.giver().ask(new PackOrder.VerifyPacks(link.record().id(), from.name(), List.of(pack), false), PackAnswer.Verified.class, Orders.READ).damaged();
        } catch (BackupException e) {
            if (Obstacle.isStray(e)) {
                bad.remove(pack);
                throw BackupException.media(Obstacle.MISSING, e.failure().subject(), e.getMessage(), e);
            }
            throw e;
        }
    }

    private void look(PackAnswer.NotCopied not) throws BackupException {
        bad.add(not.pack());
        link.record().line(JobLine.Level.WARN, "pack " + not.pack() + " is not copied: " + not.why());
        List<PackAnswer.DamagedPack> found = verify(not.pack());
        Map<PackId, DamageSearch.Hit> hits = found.isEmpty() ? Map.of() : new DamageSearch(stage, from).hits(found);
        for (PackAnswer.DamagedPack pack : found) {
            DamageSearch.Hit hit = hits.get(pack.pack());
            if (!pack.chunks().isEmpty()) {
                new DamagedSnapshots(stage.catalog()).rememberLost(from.name(), hit.snapshots());
            }
            String label = stage.catalog().read(view -> view.volume(pack.volume())).map(Volume::label).orElse(pack.volume().toString());
            untold.add(pack.pack());
            damaged.add(new JobResult.Damage(pack.pack(), label, hit.snapshots(), hit.files(), pack.what()));
            link.record().line(JobLine.Level.ERROR, pack.what());
        }
    }
}
