package org.azekura.client.collect;

import java.nio.ByteBuffer;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;

/** A chunk on its way to the node. Handed from thread to thread; one at a time has it. */
final class Parcel {

    static final byte[] NO_CLEAR = {};

    final ChunkKind kind;
    /** In the order in which it was handed on. */
    final long number;
    final ChunkName name;
    final byte[] clear;
    final int length;
    byte[] plain;
    ChunkId id;
    boolean toNode;
    ByteBuffer frame;

    private Parcel(ChunkKind kind, long number, ChunkName name, ChunkId id, byte[] clear, byte[] plain, int length) {
        this.kind = kind;
        this.number = number;
        this.name = name;
        this.id = id;
        this.clear = clear;
        this.plain = plain;
        this.length = length;
    }

    static Parcel data(long number, ChunkName name, byte[] plain, int length) {
        return new Parcel(ChunkKind.DATA, number, name, null, NO_CLEAR, plain, length);
    }

    static Parcel page(long number, ChunkId id, byte[] clear, byte[] plain) {
        return new Parcel(ChunkKind.TREE, number, null, id, clear, plain, plain.length);
    }

    /** What it counts in the budget: its bytes, and as many again for the frame that is made of them. */
    long weight() {
        return 2L * length + clear.length + 256;
    }
}
