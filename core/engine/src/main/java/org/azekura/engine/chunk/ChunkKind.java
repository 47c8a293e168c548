package org.azekura.engine.chunk;

/** What a chunk holds. Data and trees go to separate packs. */
public enum ChunkKind {
    /** A piece of content, wholly sealed. */
    DATA,
    /** A page of a tree or of a long extent list: its references are clear, the rest is sealed. */
    TREE
}
