package org.azekura.engine.pack;

import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;

/**
 * Where a frame stands.
 *
 * @param offset of its first byte in the pack
 * @param length of the whole frame in bytes
 */
public record IndexEntry(ChunkId chunk, SessionId session, long offset, int length) {}
