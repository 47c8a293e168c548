package org.azekura.engine.tree;

import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkNamer;

/** Tells whether a page is the one its name says. For those who read trees and make none. Thread-safe. */
public final class PageNames {

    private final ChunkNamer namer;

    /** @param idKey of the pool the pages belong to */
    public PageNames(byte[] idKey) {
        namer = new ChunkNamer(idKey);
    }

    /** The name of the page. */
    public ChunkId of(Page page) {
        return namer.tree(page.clear(), page.plain());
    }
}
