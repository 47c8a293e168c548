package org.azekura.server.job.copy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.place.ArchiveReads;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.Stage;
import org.azekura.server.trees.IdSet;
import org.azekura.server.trees.RefWalk;

/**
 * Has everything that snapshots need brought to the node that takes: asks what is lacking there, and has the packs go from node to node. Needs no key. What has arrived is never sent again,
 * whatever ends this. One thread.
 */
public final class CopyPass {

    /** A pack that is asked for may leave its source before it is sent: so it is looked again, so often. */
    private static final int ROUNDS = 5;

    private final Stage stage;
    private final CopyLink link;
    private final Halt halt;
    private final Repair repair;
    private final Pool from;
    private final PackFetch fetch;
    private Map<TrustGroup, IdSet> copied = new HashMap<>();

    /** Has packs repaired where they are copied from. */
    @FunctionalInterface
    public interface Repair {

        Repair NONE = (pool, damaged) -> Set.of();

        /** @return those that are sound now. The nodes may have let go of the link of the copy */
        Set<PackId> run(Pool pool, Collection<PackId> damaged) throws BackupException;
    }

    /** @param link that has begun @param archive what becomes of packs that lie in one */
    public CopyPass(Stage stage, CopyLink link, Pool from, Halt halt, Repair repair, ArchiveReads archive) {
        this.stage = stage;
        this.link = link;
        this.halt = halt;
        this.repair = repair;
        this.from = from;
        this.fetch = new PackFetch(stage, link, from, halt, archive);
    }

    /** What was found damaged at the source, and is so still. */
    public List<JobResult.Damage> damaged() {
        return fetch.damaged();
    }

    /** What was answered to be there may be so no more: all is asked again. */
    void forget() {
        copied = new HashMap<>();
    }

    /** @return null if everything that the snapshot needs is there now; else what is in the way, for people */
    public String run(Snapshot snapshot) throws BackupException {
        try {
            return fetchAll(snapshot);
        } catch (BackupException e) {
            if (e.failure().kind() != Failure.Kind.CORRUPT || !e.failure().code().startsWith("tree.")) {
                throw e;
            }
            return e.getMessage();
        }
    }

    private String fetchAll(Snapshot snapshot) throws BackupException {
        TrustGroup group = stage.catalog().read(view -> view.client(snapshot.client())).map(Client::trustGroup).orElseThrow();
        for (int round = 1; round <= ROUNDS; round++) {
            halt.check();
            IdSet seen = copied.computeIfAbsent(group, g -> new IdSet());
            LackingPacks lacking = new LackingPacks(link, group, fetch.bad());
            new RefWalk(stage.trees(), seen, lacking).run(snapshot.root());
            if (lacking.wanted().isEmpty() && lacking.problem() == null) {
                return null;
            }
            // What is below the pages seen is not all there.
            copied.remove(group);
            if (lacking.wanted().isEmpty()) {
                return lacking.problem();
            }
            fetch.run(lacking.wanted());
            mend();
        }
        return "what it needs was moved " + ROUNDS + " times while it was copied; run the copy again";
    }

    /** What was answered to be there was so for the link that this may have ended. */
    private void mend() throws BackupException {
        List<PackId> found = new ArrayList<>(fetch.found());
        Set<PackId> sound = found.isEmpty() ? Set.of() : repair.run(from, found);
        if (!sound.isEmpty()) {
            fetch.isSound(sound);
            link.record().line(JobLine.Level.INFO, sound.size() + " packs are whole again in pool " + from.name() + ", and are copied");
        }
        if (!found.isEmpty() && repair != Repair.NONE) {
            copied = new HashMap<>();
            link.begin();
        }
    }
}
