package org.azekura.client.collect;

import java.nio.ByteBuffer;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;

/** A chunk on its way to the node. Handed from thread to thread; one at a time has it. */
final class Parcel {

    static final byte[] NO_CLEAR = {};

    final ChunkKind kind;
    final ChunkName name;
    final byte[] clear;
    final int length;
    byte[] plain;
    ChunkId id;
    boolean toNode;
    ByteBuffer frame;

    private Parcel(ChunkKind kind, ChunkName name, ChunkId id, byte[] clear, byte[] plain, int length) {
        this.kind = kind;
        this.name = name;
        this.id = id;
        this.clear = clear;
        this.plain = plain;
        this.length = length;
    }

    static Parcel data(ChunkName name, byte[] plain, int length) {
        return new Parcel(ChunkKind.DATA, name, null, NO_CLEAR, plain, length);
    }

    static Parcel page(ChunkId id, byte[] clear, byte[] plain) {
        return new Parcel(ChunkKind.TREE, null, id, clear, plain, plain.length);
    }

    /** What it counts in the budget: its bytes, and as many again for the frame that is made of them. */
    long weight() {
        return 2L * length + clear.length + 256;
    }
}
