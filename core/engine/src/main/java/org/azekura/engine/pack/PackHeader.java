package org.azekura.engine.pack;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.format.FormatVersion;

/** What a pack begins with. */
record PackHeader(PackId pack, ChunkKind kind, TrustGroup group, List<SealedSession> sessions) {

    static final int MAX_SESSIONS = 1024;
    static final int MAX_BYTES = 4 << 20;
    /** As far as the length, so that the rest can be asked for. */
    static final int LENGTH_BYTES = 12;

    private static final int MAGIC_BYTES = 6;
    private static final long MAGIC = 0x415a454b504bL; // AZEKPK
    /** Also of frames, index and trailer: where one of them changes, this does. */
    static final int VERSION = FormatVersion.FIRST;
    private static final int FIXED_BYTES = LENGTH_BYTES + 4 + PackId.BYTES + TrustGroup.BYTES;

    PackHeader {
        sessions = List.copyOf(sessions);
        Set<SessionId> distinct = new HashSet<>();
        sessions.forEach(s -> distinct.add(s.session()));
        if (distinct.size() < sessions.size() || sessions.size() > MAX_SESSIONS || length(sessions) > MAX_BYTES) {
            throw new IllegalArgumentException("a pack has at most " + MAX_SESSIONS + " distinct sessions in a header of at most " + MAX_BYTES
                    + " bytes; not " + sessions.size() + ", " + distinct.size() + " of them distinct, in " + length(sessions));
        }
    }

    int length() {
        return length(sessions);
    }

    private static int length(List<SealedSession> sessions) {
        int length = FIXED_BYTES + Integer.BYTES;
        for (SealedSession s : sessions) {
            length += SessionId.BYTES + Short.BYTES + s.sealedKey().length;
        }
        return length;
    }

    /** Number of a session, or -1. */
    int number(SessionId session) {
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.get(i).session().equals(session)) {
                return i;
            }
        }
        return -1;
    }

    ByteBuffer encoded() {
        ByteBuffer to = ByteBuffer.allocate(length());
        to.putLong(MAGIC << Short.SIZE | VERSION).putInt(length());
        to.put((byte) kind.ordinal()).put((byte) 0).putShort((short) sessions.size());
        pack.write(to);
        group.write(to);
        for (SealedSession s : sessions) {
            s.session().write(to);
            to.putShort((short) s.sealedKey().length).put(s.sealedKey());
        }
        to.putInt(checksum(to.array()));
        return to.flip();
    }

    /** Length of the whole header, from its first {@link #LENGTH_BYTES} bytes. */
    static int length(ByteBuffer from) throws BackupException {
        long begin = from.getLong();
        if (begin >>> Short.SIZE != MAGIC) {
            throw PackReader.corrupt("", "begins with %016x, expected %012x (AZEKPK) and a version".formatted(begin, MAGIC));
        }
        int length = from.getInt();
        if (length < FIXED_BYTES + Integer.BYTES || length > MAX_BYTES) {
            throw PackReader.corrupt("", "header of " + Integer.toUnsignedString(length) + " bytes, expected "
                    + (FIXED_BYTES + Integer.BYTES) + " to " + MAX_BYTES);
        }
        return length;
    }

    /** Reads a whole header whose length has been read. */
    static PackHeader parse(byte[] encoded) throws BackupException {
        int found = ByteBuffer.wrap(encoded).getInt(encoded.length - Integer.BYTES);
        int expected = checksum(encoded);
        if (found != expected) {
            throw PackReader.corrupt("", "header: checksum %08x, expected %08x".formatted(found, expected));
        }
        int version = ByteBuffer.wrap(encoded).getShort(MAGIC_BYTES) & 0xffff;
        if (version != VERSION) {
            throw FormatVersion.other("pack", "", version, VERSION);
        }
        ByteBuffer from = ByteBuffer.wrap(encoded, LENGTH_BYTES, encoded.length - LENGTH_BYTES - Integer.BYTES);
        try {
            PackHeader header = read(from);
            if (!from.hasRemaining()) {
                return header;
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw PackReader.corrupt("", "header: " + (e.getMessage() == null ? "ends early" : e.getMessage()));
        }
        throw PackReader.corrupt("", "header: " + from.remaining() + " bytes too long");
    }

    private static PackHeader read(ByteBuffer from) {
        int kind = from.get();
        int zero = from.get();
        int count = from.getShort() & 0xffff;
        if ((kind & ~1) != 0 || zero != 0 || count > MAX_SESSIONS) {
            throw new IllegalArgumentException("kind %d, zero %d, %d sessions; expected 0 or 1, 0, at most %d"
                    .formatted(kind, zero, count, MAX_SESSIONS));
        }
        PackId pack = PackId.read(from);
        TrustGroup group = TrustGroup.read(from);
        List<SealedSession> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SessionId session = SessionId.read(from);
            byte[] key = new byte[from.getShort() & 0xffff];
            from.get(key);
            sessions.add(new SealedSession(session, key));
        }
        return new PackHeader(pack, ChunkKind.values()[kind], group, sessions);
    }

    private static int checksum(byte[] encoded) {
        CRC32C crc = new CRC32C();
        crc.update(encoded, 0, encoded.length - Integer.BYTES);
        return (int) crc.getValue();
    }
}
