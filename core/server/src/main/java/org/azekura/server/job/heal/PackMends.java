package org.azekura.server.job.heal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.HealOrder;
import org.azekura.api.message.PackAnswer;
import org.azekura.server.job.copy.CopyLink;
import org.azekura.server.job.copy.PackErrand;
import org.azekura.server.job.place.PlaceOrder;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.Stage;

/** Packs of one pool that come under their own names from one other place. */
record PackMends(Stage stage, CopyLink link, Halt halt) {

    /** It was replaced and read back, or nothing was wrong with it. */
    interface Sound {
        void is(PackId pack) throws BackupException;
    }

    /** @param sound told of each pack as soon as it is */
    void run(Pool source, Pool pool, List<PackId> damaged, Sound sound) throws BackupException {
        Map<PackId, Pack> here = rows(pool, damaged);
        List<PackId> ordered = PlaceOrder.of(damaged, rows(source, damaged));
        PackErrand errand = new PackErrand(stage, link, halt);
        for (int at = 0; at < ordered.size(); at += PackErrand.BATCH) {
            halt.check();
            List<HealOrder.Wanted> some = ordered.subList(at, Math.min(ordered.size(), at + PackErrand.BATCH)).stream().map(pack -> wanted(pack, here)).toList();
            PackAnswer.Copied came = errand.send(new HealOrder.MendPacks(link.record().id(), pool.name(), source.name(), some));
            came.not().forEach(not -> link.record().line(JobLine.Level.WARN, "pack " + not.pack() + " is not repaired from there: " + not.why()));
            for (PackId pack : came.packs()) {
                sound.is(pack);
            }
        }
    }

    private Map<PackId, Pack> rows(Pool pool, List<PackId> packs) throws BackupException {
        Map<PackId, Pack> rows = new HashMap<>();
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
}
