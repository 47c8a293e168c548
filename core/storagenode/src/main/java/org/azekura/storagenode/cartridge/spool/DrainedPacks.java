package org.azekura.storagenode.cartridge.spool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.blob.Turns;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.set.MediaSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings packs of a spool to tape, and lets go of those that are there. One thread at a time.
 *
 * @param news told of them
 */
record DrainedPacks(PoolName pool, MediaSet set, Turns turns, Journal journal, Drain drain, SpoolNews news) {

    private static final Logger LOG = LoggerFactory.getLogger(DrainedPacks.class);

    /**
     * All of these, with one sync.
     *
     * @param frees as {@link MediaSet#write} has it
     * @throws BackupException some are not on tape, or nothing is known of them: they stay in the spool
     */
    void write(List<JournalPack> load, boolean frees) throws BackupException {
        List<JournalPack> packs = new ArrayList<>();
        for (JournalPack pack : load) {
            String fault = pack.replaces() ? pack.fault() : null;
            if (fault == null) {
                packs.add(pack);
            } else {
                giveUp(pack, fault + "; what it was to take the place of stays on tape");
            }
        }
        if (!packs.isEmpty()) {
            bring(packs, frees);
        }
    }

    private void bring(List<JournalPack> packs, boolean frees) throws BackupException {
        List<Waiting> all = packs.stream().map(pack -> Waiting.again(pack.key(), pack)).toList();
        List<Waiting> batch = behindDeletions(packs, all);
        try {
            turns.take(set.where(), () -> {
                drain.requireOpen();
                set.begun();
                try {
                    set.write(batch, frees);
                } finally {
                    set.ended();
                }
                return null;
            });
        } finally {
            packs.forEach(JournalPack::done);
        }
        BackupException failed = null;
        Map<String, BlobPlace> places = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            try {
                all.get(i).result();
                written(packs.get(i), places);
            } catch (BackupException e) {
                if (packs.get(i).problem() == null) {
                    failed = failed == null ? e : failed;
                } else {
                    giveUp(packs.get(i), packs.get(i).problem().getMessage());
                }
            }
        }
        tell(() -> news.placed(pool, places));
        if (failed != null) {
            throw failed;
        }
    }

    /** What is to take the place of another is on this disk until both are on tape: who is cut off in between writes both again. It was readable just now: what it replaces may be whole in parts. */
    private static List<Waiting> behindDeletions(List<JournalPack> packs, List<Waiting> all) {
        List<Waiting> batch = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (packs.get(i).replaces()) {
                batch.add(new Waiting(packs.get(i).key(), null));
            }
            batch.add(all.get(i));
        }
        return batch;
    }

    private void written(JournalPack pack, Map<String, BlobPlace> places) throws BackupException {
        set.place(pack.key()).ifPresent(at -> places.put(pack.key(), at));
        if (pack.isDamaged()) {
            String what = pack.file() + " has other bytes of " + pack.key() + " than were written; it is on tape as it is";
            lost(what);
            tell(() -> news.damaged(pool, pack.key(), what));
        }
        drain.whileOpen(() -> journal.forget(pack));
    }

    private void giveUp(JournalPack pack, String what) throws BackupException {
        lost(what);
        drain.whileOpen(() -> journal.giveUp(pack, what));
        // It is looked through when it is gone: before, its file may have been readable again.
        tell(() -> news.damaged(pool, pack.key(), what));
    }

    private void lost(String what) {
        LOG.error("pool {}: {}", pool, what);
        drain.lost(what);
    }

    private void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.error("pool {}: nobody was told what became of packs", pool, e);
        }
    }
}
