package org.azekura.storagenode.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.azekura.api.SessionId;
import org.azekura.engine.pack.SealedSession;

/**
 * The sessions of packs, in a file that only grows: records of a session with its sealed key, and lists of sessions for packs that have not exactly
 * one. A record is there as soon as its length is, which is written last. On the heap is one small entry for each session. Not thread-safe.
 */
final class SessionLog implements AutoCloseable {

    static final int HEADER = 16;

    private static final long MAGIC = 0x415a_454b_534c_0000L; // "AZEKSL" and version 0
    private static final int GENERATION_AT = 8;
    /** Before a body: its length, with this bit for a list. Behind it: a checksum of both. Records begin at multiples of {@link #UNIT}. */
    private static final int LIST = 1 << 31;
    private static final int FRAME = 2 * Integer.BYTES;
    private static final int UNIT = 8;
    /** The file is as long as some of these. */
    private static final int STEP = 4096;

    private final MappedFile file;
    private final Map<SessionId, Long> sessions = new HashMap<>();
    private long end = HEADER;

    private SessionLog(MappedFile file) {
        this.file = file;
    }

    static SessionLog create(Path path, long generation, Arena together) throws IOException {
        MappedFile file = MappedFile.create(path, STEP, together);
        Bits.putLong(file.bytes(), 0, MAGIC);
        Bits.putLong(file.bytes(), GENERATION_AT, generation);
        return new SessionLog(file);
    }

    /** @throws IOException also if this is no sound log */
    static SessionLog open(Path path, long generation, Arena together) throws IOException {
        MappedFile file = MappedFile.open(path, together);
        try {
            if (file.size() < STEP || file.size() % STEP != 0 || Bits.getLong(file.bytes(), 0) != MAGIC
                    || Bits.getLong(file.bytes(), GENERATION_AT) != generation) {
                throw new IOException(path + " is not the log of sessions of this index");
            }
            SessionLog log = new SessionLog(file);
            log.learn();
            return log;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private void learn() throws IOException {
        while (end + FRAME <= file.size() && Bits.getInt(bytes(), end) != 0) {
            int head = Bits.getInt(bytes(), end);
            long length = head & ~LIST;
            if (length > file.size() - end - FRAME
                    || (Bits.checksum(bytes(), end + 4, end + 4 + length) ^ head) != Bits.getInt(bytes(), end + 4 + length)
                    || (head < 0 ? length % Integer.BYTES != 0 : length <= SessionId.BYTES)) {
                throw new IOException(file.file() + ": the record at " + end + " is damaged");
            }
            if (head > 0) {
                sessions.put(id(end, 0), end);
            }
            end += whole(length);
        }
    }

    /** Where these are from here on. */
    long add(List<SealedSession> all) throws IOException {
        int[] units = new int[all.size()];
        for (int i = 0; i < units.length; i++) {
            units[i] = (int) (add(all.get(i)) / UNIT);
        }
        return units.length == 1 ? Integer.toUnsignedLong(units[0]) * UNIT : list(units);
    }

    private long add(SealedSession session) throws IOException {
        Long there = sessions.get(session.session());
        if (there != null) {
            return there;
        }
        byte[] key = session.sealedKey();
        int length = SessionId.BYTES + key.length;
        long at = room(length);
        Bits.putLong(bytes(), at + 4, session.session().high());
        Bits.putLong(bytes(), at + 12, session.session().low());
        MemorySegment.copy(key, 0, bytes(), ValueLayout.JAVA_BYTE, at + 20, key.length);
        finish(length, length);
        sessions.put(session.session(), at);
        return at;
    }

    private long list(int[] units) throws IOException {
        int length = units.length * Integer.BYTES;
        long at = room(length);
        for (int i = 0; i < units.length; i++) {
            Bits.putInt(bytes(), at + 4 + (long) i * Integer.BYTES, units[i]);
        }
        finish(length, length | LIST);
        return at;
    }

    /** Makes room for a body of this length; returns where its record begins. */
    private long room(int length) throws IOException {
        long needed = end + whole(length) + Integer.BYTES;
        if (needed / UNIT > 0xffff_ffffL) {
            throw new IOException(file.file() + " is as long as it may be");
        }
        if (needed > file.size()) {
            file.extend((needed + file.size() / 8 + STEP) / STEP * STEP);
        }
        return end;
    }

    private void finish(int length, int head) {
        Bits.putInt(bytes(), end + 4 + length, Bits.checksum(bytes(), end + 4, end + 4 + length) ^ head);
        VarHandle.storeStoreFence();
        Bits.putInt(bytes(), end, head);
        end += whole(length);
    }

    private static long whole(long length) {
        return (FRAME + length + UNIT - 1) / UNIT * UNIT;
    }

    /** A session of what was added together; null if there are not so many. */
    SessionId id(long at, int number) {
        long where = number < count(at) ? session(at, number) : -1;
        return where < 0 ? null : new SessionId(Bits.getLong(bytes(), where + 4), Bits.getLong(bytes(), where + 12));
    }

    /** The names of all that were added together. */
    List<SessionId> ids(long at) {
        return IntStream.range(0, count(at)).mapToObj(number -> id(at, number)).toList();
    }

    /** All that were added together. */
    List<SealedSession> get(long at) {
        List<SealedSession> all = new ArrayList<>();
        for (int i = 0; i < count(at); i++) {
            long where = session(at, i);
            byte[] key = new byte[Bits.getInt(bytes(), where) - SessionId.BYTES];
            MemorySegment.copy(bytes(), ValueLayout.JAVA_BYTE, where + 20, key, 0, key.length);
            all.add(new SealedSession(id(where, 0), key));
        }
        return all;
    }

    private int count(long at) {
        int head = Bits.getInt(bytes(), at);
        return head > 0 ? 1 : (head & ~LIST) / Integer.BYTES;
    }

    private long session(long at, int number) {
        return Bits.getInt(bytes(), at) > 0 ? at : Integer.toUnsignedLong(Bits.getInt(bytes(), at + 4 + (long) number * Integer.BYTES)) * UNIT;
    }

    private MemorySegment bytes() {
        return file.bytes();
    }

    long fileBytes() {
        return file.size();
    }

    void force() {
        file.force();
    }

    @Override
    public void close() {
        file.close();
    }
}
