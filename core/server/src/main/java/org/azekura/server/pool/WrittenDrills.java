package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Proof;
import org.azekura.engine.volume.DrillItem;
import org.azekura.engine.volume.PrivateItem;

/** Which restores are rehearsed and what that proved, as checkpoints say it. */
final class WrittenDrills {

    private WrittenDrills() {}

    static List<DrillItem> plans(CatalogView view) throws BackupException {
        return view.drillPlans().stream().<DrillItem>map(plan -> new DrillItem.PlannedDrill(plan.name(), plan.saveSets(), plan.copies(), plan.perMillion(), plan.files(),
                plan.client(), plan.timing())).toList();
    }

    /** Of each save set in each pool the newest, and the newest that proved all; by their jobs, without what they told. */
    private static Iterable<Proof> newest(CatalogView view) throws BackupException {
        SortedMap<JobId, Proof> newest = new TreeMap<>((one, other) -> Long.compare(one.value(), other.value()));
        view.lastProofs(null).forEach(proof -> newest.put(proof.job(), proof));
        view.lastProofs(Proof.Outcome.PROVEN).forEach(proof -> newest.put(proof.job(), proof));
        return newest.values();
    }

    static List<DrillItem> proofs(CatalogView view) throws BackupException {
        List<DrillItem> items = new ArrayList<>();
        for (Proof p : newest(view)) {
            Proof.Sample sample = p.sample();
            items.add(new DrillItem.Proven(p.job(), p.snapshot(), p.received(), p.saveSet(), p.pool(), p.client(),
                    sample == null ? null : new DrillItem.Sample(sample.seed(), sample.chosen(), sample.of()), p.began(), p.ended(), p.entries(), p.bytes(), p.differences(),
                    new DrillItem.Times(p.times().waiting().toMillis(), p.times().restoring().toMillis(), p.times().comparing().toMillis()), p.outcome().word()));
        }
        return items;
    }

    /** What these told: names of files are private. */
    static List<PrivateItem> told(CatalogView view) throws BackupException {
        List<PrivateItem> told = new ArrayList<>();
        for (Proof proof : newest(view)) {
            List<String> lines = view.proof(proof.job()).map(Proof::told).orElse(List.of());
            if (!lines.isEmpty()) {
                told.add(new PrivateItem.Told(proof.job(), lines));
            }
        }
        return told;
    }
}
