package org.azekura.engine.tree;

import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.octets.ByteOutput;

/** How an id is written: in full, or as a number into the page's clear part. */
interface RefOutput {

    /** The stand-alone form. */
    RefOutput FULL = (out, id, kind) -> out.chunk(id);

    void put(ByteOutput out, ChunkId id, ChunkKind kind);
}
