package org.azekura.engine.tree;

import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;

/** Takes pages as they are made: children before the pages above them. */
@FunctionalInterface
public interface PageSink {

    /** Called by the thread that writes the tree. The same page can come more than once. */
    void page(ChunkId id, Page page) throws BackupException;
}
