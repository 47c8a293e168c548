package org.azekura.engine.tree;

import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;

/** Gives pages back. */
@FunctionalInterface
public interface PageSource {

    /** @throws BackupException if the page is not there, is damaged or can't be unsealed */
    Page page(ChunkId id) throws BackupException;
}
