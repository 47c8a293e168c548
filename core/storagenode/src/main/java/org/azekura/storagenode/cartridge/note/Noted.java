package org.azekura.storagenode.cartridge.note;

import org.azekura.api.VolumeId;
import org.azekura.api.device.Position;
import org.azekura.engine.tape.BlobHead;
import org.azekura.engine.tape.TapeBlock;

/**
 * An object on a cartridge: a blob, or a deletion.
 *
 * @param serial  as in its blocks
 * @param number  of its first block
 * @param payload of each of its blocks but the last, in bytes
 * @param size    of the blob
 * @param at      in front of its first block
 */
public record Noted(String key, boolean deletion, long serial, long number, int payload, long size, Position at) {

    public BlobHead head() {
        return new BlobHead(key, size);
    }

    /** Content in its first block. */
    private long begin() {
        return payload - head().length();
    }

    public int blocks() {
        return 1 + (int) Math.ceilDiv(Math.max(0, size - begin()), (long) payload);
    }

    /** In which of its blocks this byte lies. */
    public int block(long offset) {
        return offset < begin() ? 0 : 1 + (int) ((offset - begin()) / payload);
    }

    /** The first byte of content in a block. */
    public long offset(int block) {
        return block == 0 ? 0 : begin() + (long) (block - 1) * payload;
    }

    /** Bytes of content in a block. */
    public int content(int block) {
        return (int) Math.min(size - offset(block), block == 0 ? begin() : payload);
    }

    /** Whether there can be such an object: its numbers come from where nobody vouches for them. */
    public boolean isPossible() {
        return isPossible(head().length(), deletion, payload, size);
    }

    /** @param head bytes before its content */
    static boolean isPossible(int head, boolean deletion, int payload, long size) {
        long begin = payload - head;
        return begin >= 0 && (begin >= size || payload > head && (size - begin) / payload < Integer.MAX_VALUE - 1) && size >= 0 && (!deletion || size == 0);
    }

    /** Whether this is the block with that index of it. */
    public boolean isBlock(VolumeId volume, int block, TapeBlock found) {
        return found.volume().equals(volume) && found.serial() == serial && found.index() == block && found.number() == number + block
                && found.last() == (block == blocks() - 1) && found.deletion() == deletion
                && found.length() == content(block) + (block == 0 ? head().length() : 0);
    }

    /** Bytes that its blocks have on the cartridge. */
    long bytes() {
        return (long) blocks() * TapeBlock.HEADER + head().length() + size;
    }

    /** Where the volume ends if this is the last. */
    public Tail tail(Tail before, Position end) {
        return new Tail(serial, number + blocks(), blocks(), before.bytes() + bytes(), at, end);
    }
}
