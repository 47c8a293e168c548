package org.azekura.server.job.restore;

import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.api.TrustGroup;
import org.azekura.engine.plan.Intake;
import org.azekura.engine.plan.RecallPlan;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.job.place.Cartridges;

/** What one attempt at a restore from cartridges does: everything that can be had now, each cartridge in one pass. One thread; must be closed. */
final class Recalling implements AutoCloseable {

    private final Cartridges cartridges;
    private final RecallPlan plan;

    private Recalling(Cartridges cartridges) throws BackupException {
        this.cartridges = cartridges;
        this.plan = new RecallPlan(cartridges::isAway);
    }

    /** Walks all that is wanted and finds out where it lies. */
    static Recalling plan(Cartridges cartridges, TreeReader trees, List<RawPath> wanted, TrustGroup group, ChunkId root) throws BackupException {
        Recalling recalling = new Recalling(cartridges);
        boolean made = false;
        try {
            recalling.plan.make(trees, wanted, cartridges.locator(group), root);
            made = true;
            return recalling;
        } finally {
            if (!made) {
                recalling.close();
            }
        }
    }

    Cartridges cartridges() {
        return cartridges;
    }

    Map<Integer, RecallPlan.Need> needs() {
        return plan.needs();
    }

    /** Files that wait for a cartridge. */
    int late() {
        return plan.late();
    }

    /** Whether nothing at all can be had without a cartridge that is away. */
    boolean isAllAway() {
        return plan.late() > 0 && plan.missing().containsAll(plan.needs().keySet());
    }

    /** That it waits for cartridges that are away. */
    BackupException missing() {
        return cartridges.missing(plan.missing(), null);
    }

    /**
     * @param hands  where cartridges come from that no robot brings
     * @param intake of the client
     */
    void send(HandFed hands, Intake intake, RestorePlan.BatchSink sink) throws BackupException {
        plan.plain(sink);
        plan.recall(cartridges.drives(), hands::order, intake, sink);
    }

    @Override
    public void close() {
        plan.close();
    }
}
