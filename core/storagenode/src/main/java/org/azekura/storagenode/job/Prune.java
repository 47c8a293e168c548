package org.azekura.storagenode.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.JobPins;
import org.azekura.storagenode.index.KnownPack;
import org.azekura.storagenode.index.Marked;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.Pruning;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One prune of a pool: what of it is alive, and what goes. Only packs that were there when it began can go, and none that any job has relied on
 * since. Its orders come one after the other; it may end at any time.
 */
public final class Prune implements Pruning {

    private static final Logger LOG = LoggerFactory.getLogger(Prune.class);

    private final JobId job;
    private final Pool pool;
    private final ChunkIndex index;
    private final JobPins own;
    private final NavigableMap<PackId, KnownPack> candidates = new TreeMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    /** Of jobs that have ended meanwhile; guarded by the lock. */
    private final List<JobPins> kept = new ArrayList<>();
    /** Held while packs leave the index: behind the end nothing does any more. Guarded by the lock. */
    private volatile boolean ended;
    private Marked marked;
    /** Whether only changes are told, counts made before go on. */
    private boolean resumed;

    private Prune(JobId job, Pool pool) {
        this.job = job;
        this.pool = pool;
        this.index = pool.index();
        this.own = index.pins();
    }

    /**
     * @param since name of the counts to go on with; 0 to count all
     * @throws BackupException {@code prune.running}; {@code prune.recount} if there are no such counts: nothing has begun
     */
    public static Prune begin(JobId job, Pool pool, long since) throws BackupException {
        Prune prune = new Prune(job, pool);
        pool.begin(prune);
        boolean begun = false;
        try {
            prune.look(since);
            begun = true;
            return prune;
        } finally {
            if (!begun) {
                prune.end();
            }
        }
    }

    private void look(long since) throws BackupException {
        List<KnownPack> page = index.packs(null, PackOrder.PACKS_PER_PAGE);
        while (!page.isEmpty()) {
            page.forEach(pack -> candidates.put(pack.id(), pack));
            page = index.packs(page.getLast().id(), PackOrder.PACKS_PER_PAGE);
        }
        resumed = since != 0;
        if (!resumed) {
            index.references().clear();
        } else if (!index.references().resume(since)) {
            throw recount();
        }
        LOG.info("job={} prunes pool {}: {} packs", job, pool.name(), candidates.size());
    }

    @Override
    public boolean keep(JobPins pins) {
        lock.lock();
        try {
            if (!ended) {
                kept.add(pins);
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    /** @throws BackupException {@code prune.recount} */
    public ChunkAnswer.Missing mark(TrustGroup group, List<ChunkId> chunks) throws BackupException {
        check();
        ChunkAnswer.Missing missing = new ChunkAnswer.Missing(index.references().add(group, chunks));
        requireCertain();
        return missing;
    }

    /** @throws BackupException {@code prune.recount} */
    public void unmark(TrustGroup group, List<ChunkId> chunks) throws BackupException {
        check();
        index.references().remove(group, chunks);
        requireCertain();
    }

    /** The next prune can go on with what is counted now, if it asks for it by this name. */
    public void keep(long name) throws BackupException {
        check();
        index.references().keep(name);
    }

    /** What was told are only changes: they are worth nothing if what they change is in doubt. */
    private void requireCertain() throws BackupException {
        if (resumed && index.references().isDoubtful()) {
            throw recount();
        }
    }

    private BackupException recount() {
        return BackupException.operator("prune.recount", pool.name().value(), "what was counted in pool " + pool.name()
                + " before can't be gone on with; count everything");
    }

    public PackAnswer.Swept sweep(PackId after) throws BackupException {
        check();
        if (after == null) {
            requireCertain();
            marked = resumed ? index.references().tallied() : index.count();
        }
        List<PackAnswer.PackUse> page = new ArrayList<>();
        for (KnownPack pack : (after == null ? candidates : candidates.tailMap(after, false)).values()) {
            if (page.size() == PackOrder.PACKS_PER_PAGE) {
                break;
            }
            if (pack.equals(index.pack(pack.id()))) {
                page.add(new PackAnswer.PackUse(pack.id(), pack.tree(), pack.size(), pack.chunks(), marked.chunks(pack), marked.bytes(pack),
                        index.pinned(pack), marked.whole(pack)));
            }
        }
        return new PackAnswer.Swept(page);
    }

    public PackAnswer.Packs rewrite(List<PackId> packs, JobPacks.Reports reports) throws BackupException {
        return new PackAnswer.Packs(new PackCopy(job, pool, own, reports, this::check).run(known(packs)));
    }

    public PackAnswer.Packs drop(List<PackId> packs) throws BackupException {
        ChunkIndex.Dropped outcome;
        lock.lock();
        try {
            check();
            outcome = index.drop(known(packs));
        } finally {
            lock.unlock();
        }
        outcome.needed().forEach(pack -> LOG.warn("job={} pack {} stays: it has the only sound copy of a chunk that is needed, or the index does not "
                + "know all of it", job, pack.id()));
        new PackDeletions(pool).run(outcome.dropped().stream().map(KnownPack::id).toList());
        LOG.info("job={} {} packs dropped, {} stay for running jobs", job, outcome.dropped().size(), outcome.pinned().size());
        return new PackAnswer.Packs(outcome.dropped().stream().map(KnownPack::id).toList());
    }

    private Collection<KnownPack> known(List<PackId> packs) {
        return packs.stream().map(candidates::get).filter(pack -> pack != null).toList();
    }

    private void check() throws BackupException {
        if (ended) {
            throw BackupException.operator("job.ended", job.toString(), "job " + job + " has ended");
        }
    }

    /** Nothing is dropped behind this; it may wait for what is just leaving the index. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            kept.forEach(JobPins::close);
            kept.clear();
        } finally {
            lock.unlock();
        }
        own.close();
        pool.ended(this);
    }
}
