package org.azekura.storagenode.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.function.IntConsumer;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;

/**
 * The packs by number: {@value #RECORD} bytes each in a file. A number is free, or its pack is entering, whole or leaving; only while it
 * is whole are exactly its chunks in the tables. Not thread-safe.
 */
final class PackTable implements AutoCloseable {

    static final int RECORD = 80;
    static final int HEADER = 80;

    /** The pack's chunks are being entered. */
    static final byte ENTERING = 1;
    static final byte WHOLE = 2;
    /** The pack's chunks are being taken out. */
    static final byte LEAVING = 3;

    private static final long MAGIC = 0x415a_454b_5054_0000L; // "AZEKPT" and version 0
    private static final int GENERATION_AT = 8;
    private static final int STATE = 0;
    /** 1: something was found damaged in it. */
    private static final int SUSPECT = 1;
    /** Which register names it, 0 for none. */
    private static final int REGISTER = 2;
    private static final int CHUNKS = 4;
    private static final int ENTERED = 8;
    private static final int NANOS = 12;
    private static final int ID = 16;
    private static final int GROUP = 32;
    private static final int SIZE = 48;
    private static final int SECONDS = 56;
    private static final int SESSIONS = 64;
    private static final int TREE = 72;
    private static final int CHECKSUM = 76;
    /** In the field {@link #TREE}: entered from what was whole of it, for its own index could not be read. */
    private static final int PARTLY = 2;

    private final MappedFile file;
    private final BitSet used = new BitSet();
    private final PackNumbers numbers;
    private long size;

    private PackTable(MappedFile file) {
        this.file = file;
        this.numbers = new PackNumbers(this::id, file.together());
    }

    static PackTable create(Path path, long generation, Arena together) throws IOException {
        MappedFile file = MappedFile.create(path, HEADER + 32 * RECORD, together);
        Bits.putLong(file.bytes(), 0, MAGIC);
        Bits.putLong(file.bytes(), GENERATION_AT, generation);
        return new PackTable(file);
    }

    /** @throws IOException also if this is no sound table of packs */
    static PackTable open(Path path, long generation, Arena together) throws IOException {
        MappedFile file = MappedFile.open(path, together);
        try {
            if (file.size() < HEADER || (file.size() - HEADER) % RECORD != 0 || Bits.getLong(file.bytes(), 0) != MAGIC
                    || Bits.getLong(file.bytes(), GENERATION_AT) != generation) {
                throw new IOException(path + " is not the table of packs of this index");
            }
            PackTable table = new PackTable(file);
            table.learn();
            return table;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private void learn() throws IOException {
        for (int pack = 0; pack < limit(); pack++) {
            byte state = state(pack);
            if (state < 0 || state > LEAVING) {
                throw new IOException(file.file() + ": pack " + pack + " is in state " + state);
            }
            if (state != 0) {
                if (Bits.checksum(bytes(), at(pack) + CHUNKS, at(pack) + CHECKSUM) != Bits.getInt(bytes(), at(pack) + CHECKSUM)) {
                    throw new IOException(file.file() + ": the checksum of pack " + pack + " is wrong");
                }
                used.set(pack);
                numbers.put(id(pack), pack);
                size += size(pack);
            }
        }
    }

    /**
     * What is said of a pack when it enters.
     *
     * @param partly  its own index could not be read
     * @param entered how many places of chunks it will have in the tables
     */
    record Entry(PackId id, boolean tree, boolean partly, TrustGroup group, long size, int chunks, int entered, Instant writtenAt, long sessions) {}

    /** Gives the pack a number; it is entering. */
    int enter(Entry entry) throws IOException {
        int pack = used.nextClearBit(0);
        if (pack > Place.MAX_PACK) {
            throw new IOException(file.file() + " has no room for more than " + pack + " packs");
        }
        if (pack >= limit()) {
            file.extend(HEADER + (limit() + 32L + limit() / 8) * RECORD);
        }
        numbers.put(entry.id(), pack);
        used.set(pack);
        size += entry.size();
        write(pack, entry);
        VarHandle.storeStoreFence();
        state(pack, ENTERING);
        return pack;
    }

    private void write(int pack, Entry entry) {
        long at = at(pack);
        bytes().set(ValueLayout.JAVA_BYTE, at + SUSPECT, (byte) 0);
        register(pack, 0);
        Bits.putInt(bytes(), at + TREE, (entry.tree() ? 1 : 0) | (entry.partly() ? PARTLY : 0));
        Bits.putInt(bytes(), at + CHUNKS, entry.chunks());
        Bits.putInt(bytes(), at + ENTERED, entry.entered());
        Bits.putInt(bytes(), at + NANOS, entry.writtenAt().getNano());
        Bits.putLong(bytes(), at + ID, entry.id().high());
        Bits.putLong(bytes(), at + ID + 8, entry.id().low());
        Bits.putLong(bytes(), at + GROUP, entry.group().high());
        Bits.putLong(bytes(), at + GROUP + 8, entry.group().low());
        Bits.putLong(bytes(), at + SIZE, entry.size());
        Bits.putLong(bytes(), at + SECONDS, entry.writtenAt().getEpochSecond());
        Bits.putLong(bytes(), at + SESSIONS, entry.sessions());
        Bits.putInt(bytes(), at + CHECKSUM, Bits.checksum(bytes(), at + CHUNKS, at + CHECKSUM));
    }

    /** The pack's chunks are all in the tables. */
    void whole(int pack) {
        VarHandle.storeStoreFence();
        state(pack, WHOLE);
    }

    /** The pack's chunks are about to be taken out of the tables. */
    void leaving(int pack) {
        state(pack, LEAVING);
        VarHandle.storeStoreFence();
    }

    /** No chunk of the pack is in the tables: its number is free. */
    void left(int pack) {
        numbers.remove(id(pack));
        used.clear(pack);
        size -= size(pack);
        state(pack, (byte) 0);
    }

    /** Number of a pack; -1 if it is not here. */
    int number(PackId id) {
        return numbers.get(id);
    }

    /** Whether there is a pack of this number, of this group. */
    boolean isOf(int pack, TrustGroup group) {
        return pack >= 0 && used.get(pack) && Bits.getLong(bytes(), at(pack) + GROUP) == group.high()
                && Bits.getLong(bytes(), at(pack) + GROUP + 8) == group.low();
    }

    boolean isUsed(int pack) {
        return pack >= 0 && used.get(pack);
    }

    /** Whether exactly this pack still has its number. */
    boolean has(KnownPack pack) {
        return isUsed(pack.number()) && id(pack.number()).equals(pack.id());
    }

    KnownPack get(int pack) {
        long at = at(pack);
        return new KnownPack(pack, id(pack), Bits.getInt(bytes(), at + TREE) % PARTLY != 0, group(pack), size(pack), Bits.getInt(bytes(), at + CHUNKS),
                Instant.ofEpochSecond(Bits.getLong(bytes(), at + SECONDS), Bits.getInt(bytes(), at + NANOS)));
    }

    PackId id(int pack) {
        return new PackId(Bits.getLong(bytes(), at(pack) + ID), Bits.getLong(bytes(), at(pack) + ID + 8));
    }

    TrustGroup group(int pack) {
        return new TrustGroup(Bits.getLong(bytes(), at(pack) + GROUP), Bits.getLong(bytes(), at(pack) + GROUP + 8));
    }

    private long size(int pack) {
        return Bits.getLong(bytes(), at(pack) + SIZE);
    }

    /** How many places of chunks it has in the tables, if it is whole. */
    int entered(int pack) {
        return Bits.getInt(bytes(), at(pack) + ENTERED);
    }

    /** Where the log has its sessions. */
    long sessions(int pack) {
        return Bits.getLong(bytes(), at(pack) + SESSIONS);
    }

    /** Whether it was entered from what was whole of it: another time there may be more. */
    boolean partly(int pack) {
        return Bits.getInt(bytes(), at(pack) + TREE) >= PARTLY;
    }

    boolean suspect(int pack) {
        return bytes().get(ValueLayout.JAVA_BYTE, at(pack) + SUSPECT) != 0;
    }

    void suspect(int pack, boolean now) {
        bytes().set(ValueLayout.JAVA_BYTE, at(pack) + SUSPECT, (byte) (now ? 1 : 0));
    }

    /** The register that names it, 1 to 65535; 0: none. */
    int register(int pack) {
        return bytes().get(ValueLayout.JAVA_SHORT_UNALIGNED, at(pack) + REGISTER) & 0xffff;
    }

    void register(int pack, int number) {
        bytes().set(ValueLayout.JAVA_SHORT_UNALIGNED, at(pack) + REGISTER, (short) number);
    }

    byte state(int pack) {
        return bytes().get(ValueLayout.JAVA_BYTE, at(pack) + STATE);
    }

    private void state(int pack, byte state) {
        bytes().set(ValueLayout.JAVA_BYTE, at(pack) + STATE, state);
    }

    /** Numbers of all packs. */
    void each(IntConsumer visitor) {
        used.stream().forEach(visitor);
    }

    int count() {
        return used.cardinality();
    }

    /** Every number is below. */
    int limit() {
        return (int) ((file.size() - HEADER) / RECORD);
    }

    /** Bytes of all packs. */
    long size() {
        return size;
    }

    /** Bytes that this takes, in its file and beside. */
    long memory() {
        return file.size() + numbers.memory() + used.size() / Byte.SIZE;
    }

    private MemorySegment bytes() {
        return file.bytes();
    }

    private static long at(int pack) {
        return HEADER + (long) pack * RECORD;
    }

    void force() {
        file.force();
    }

    @Override
    public void close() {
        numbers.close();
        file.close();
    }
}
