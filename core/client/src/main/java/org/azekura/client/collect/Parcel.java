package org.azekura.client.collect;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
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
    final Use use;
    private final long weight;
    byte[] plain;
    ChunkId id;
    boolean toNode;
    ByteBuffer frame;

    private Parcel(ChunkKind kind, long number, ChunkName name, ChunkId id, byte[] clear, byte[] plain, int length, Use use) {
        this.kind = kind;
        this.number = number;
        this.name = name;
        this.id = id;
        this.clear = clear;
        this.plain = plain;
        this.length = length;
        this.use = use;
        this.weight = (long) plain.length + length + clear.length + 256;
    }

    /** How its bytes are dealt with. {@code spent} takes them when they are not needed any more */
    record Use(int level, Consumer<byte[]> spent) {}

    static Parcel data(long number, ChunkName name, byte[] plain, int length, Use use) {
        return new Parcel(ChunkKind.DATA, number, name, null, NO_CLEAR, plain, length, use);
    }

    static Parcel page(long number, ChunkId id, byte[] clear, byte[] plain, Use use) {
        return new Parcel(ChunkKind.TREE, number, null, id, clear, plain, plain.length, use);
    }

    /** The plain bytes are not needed any more. */
    void spend() {
        use.spent.accept(plain);
        plain = null;
    }

    /** What it counts in the budget: the memory of its bytes, and what the frame that is made of them takes at most. */
    long weight() {
        return weight;
    }
}
