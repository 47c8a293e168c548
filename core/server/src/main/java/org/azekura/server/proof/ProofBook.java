package org.azekura.server.proof;

import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Proof;
import org.azekura.api.catalog.Replica;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where drills write down what they found out. Safe for any number of threads. */
public final class ProofBook {

    private static final Logger log = LoggerFactory.getLogger(ProofBook.class);

    private final CatalogStore catalog;

    public ProofBook(CatalogStore catalog) {
        this.catalog = catalog;
    }

    /** It is in the catalog behind this, in place of what an attempt before of the same job found. */
    public void put(Proof proof) throws BackupException {
        catalog.write(edit -> {
            edit.putProof(proof);
            return null;
        });
        String line = "job={} save set {} of {} from pool {}: {}, {} entries, {} bytes, {} differences";
        Object[] of = {proof.job(), proof.saveSet(), proof.received(), proof.pool(), proof.outcome().word(), proof.entries(), proof.bytes(), proof.differences()};
        switch (proof.outcome()) {
            case PROVEN -> log.info(line, of);
            case PARTLY, FAILED -> log.warn(line, of);
        }
    }

    /** The pool whose copy was read, as people name it: the one in which a replica lies, the one that a media set is of. */
    public static PoolName named(CatalogView view, PoolName read) throws BackupException {
        PoolName pool = view.replica(read).map(Replica::within).orElse(read);
        return view.mediaSet(pool).map(MediaSet::of).orElse(pool);
    }
}
