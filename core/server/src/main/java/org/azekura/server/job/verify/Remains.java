package org.azekura.server.job.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.damage.ToldDamage;
import org.azekura.server.job.heal.Healing;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;

/** What stays of packs that could not be replaced, where all that was lost of them has come in other packs. */
record Remains(Stage stage, JobRecord record, Pool pool, ConnectedNode node) {

    /**
     * Takes packs that are gone out of the catalog, and remembers the others.
     *
     * @param found   what was damaged
     * @param mended  what nothing lacks any more, with where that came from
     * @param fetched whether anything was lacking until now
     * @return those that were told of before, and of which nothing more was lost since
     */
    Set<PackId> told(List<PackAnswer.DamagedPack> found, Map<PackId, String> mended, boolean fetched) throws BackupException {
        ToldDamage told = new ToldDamage(stage.catalog(), pool.name());
        Set<PackId> known = told.known();
        Set<PackId> left = new HashSet<>();
        Set<PackId> before = new HashSet<>();
        for (PackAnswer.DamagedPack pack : found) {
            String from = mended.get(pack.pack());
            if (from != null && !Healing.isRepaired(from)) {
                left.add(pack.pack());
                if (!fetched && known.contains(pack.pack())) {
                    before.add(pack.pack());
                }
            }
        }
        forgetGone(left);
        told.note(left, found.stream().map(PackAnswer.DamagedPack::pack).filter(pack -> !left.contains(pack)).toList());
        return before;
    }

    /** The node knows a pack that is gone until it sees that nothing of it is missing; then nobody can name what was in it. */
    private void forgetGone(Set<PackId> left) throws BackupException {
        List<PackId> all = stage.catalog().read(view -> {
            List<PackId> rows = new ArrayList<>();
            for (PackId pack : left) {
                if (view.pack(pack, pool.name()).isPresent()) {
                    rows.add(pack);
                }
            }
            return rows;
        });
        for (int at = 0; at < all.size(); at += VerifyReads.BATCH) {
            PackOrder.VerifyPacks again = new PackOrder.VerifyPacks(record.id(), pool.name(), all.subList(at, Math.min(all.size(), at + VerifyReads.BATCH)), false);
            for (PackAnswer.DamagedPack pack : node.ask(again, PackAnswer.Verified.class, Orders.READ).damaged()) {
                if (Findings.isUnreadable(pack)) {
                    forget(pack.pack());
                }
            }
        }
    }

    /** It is in the catalog no more. */
    void forget(PackId pack) throws BackupException {
        stage.catalog().write(edit -> {
            Pack row = edit.pack(pack, pool.name()).orElse(null);
            if (row != null) {
                edit.deletePack(row.id(), row.volume());
            }
            return null;
        });
    }
}
