package org.azekura.engine.tree;

import org.azekura.engine.chunk.Extent;
import org.azekura.engine.pack.FrameHeader;

/**
 * A page before it is sealed, or after it was opened. See the package's grammar for both parts. Nobody writes into the arrays.
 *
 * @param clear what the page refers to; readable without a key
 * @param plain its entries
 */
public record Page(byte[] clear, byte[] plain) {

    /** No plain part is longer, in bytes. Pages have about 64 KiB, but a single huge entry makes a page of its own. */
    public static final int MAX_PLAIN = Extent.MAX_CHUNK;

    /** No clear part is longer, in bytes. */
    public static final int MAX_CLEAR = FrameHeader.MAX_CLEAR;
}
