package org.azekura.engine.pack;

/** How a chunk's plain bytes were packed before they were sealed. */
public enum Codec {
    /** As they are. */
    STORED,
    /** One zstd frame that gives exactly the plain bytes. */
    ZSTD
}
