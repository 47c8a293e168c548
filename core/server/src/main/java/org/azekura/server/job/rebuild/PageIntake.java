package org.azekura.server.job.rebuild;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.azekura.api.BackupException;
import org.azekura.server.trees.TreeStore;

/** Tree pages from media come into the store. */
final class PageIntake {

    private static final int TOLD_EVERY = 1000;

    private final TreeStore trees;
    private final LongConsumer told;
    private long pages;

    /** @param told is told now and then how many have come */
    PageIntake(TreeStore trees, LongConsumer told) {
        this.trees = trees;
        this.told = told;
    }

    /** Takes frames. */
    @FunctionalInterface
    interface Frames {
        void take(ByteBuffer frame) throws BackupException;
    }

    /** Gives each of its frames. */
    @FunctionalInterface
    interface Source {
        void each(Frames frames) throws BackupException;
    }

    /** What this brought stays, once it returns: also what was here already and is about to be given up, as another server may have said. */
    void take(Source source) throws BackupException {
        trees.renew();
        source.each(frame -> {
            trees.append(frame);
            if (++pages % TOLD_EVERY == 0) {
                told.accept(pages);
            }
        });
        trees.sync();
        trees.settle();
    }

    long pages() {
        return pages;
    }
}
