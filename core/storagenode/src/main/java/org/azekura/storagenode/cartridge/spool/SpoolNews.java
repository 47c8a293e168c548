package org.azekura.storagenode.cartridge.spool;

import java.util.Map;
import org.azekura.api.PoolName;
import org.azekura.storagenode.cartridge.blob.BlobPlace;

/** Told of what happens to packs that waited in a spool, on the thread that writes them to tape. What it throws is logged, and changes nothing. */
public interface SpoolNews {

    /** Nobody wants to know. */
    SpoolNews NONE = new SpoolNews() {
        @Override
        public void placed(PoolName pool, Map<String, BlobPlace> places) {
            // nobody asked
        }

        @Override
        public void damaged(PoolName pool, String key, String what) {
            // nobody asked
        }
    };

    /** These are on tape, synced there. By key, in the order in which they lie. */
    void placed(PoolName pool, Map<String, BlobPlace> places);

    /** This one was durable, and is not any more what it was: it is on tape as it is, or nowhere. Before anybody is told that what came after it is durable. */
    void damaged(PoolName pool, String key, String what);
}
