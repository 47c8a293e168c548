package org.azekura.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The directory of any zip, as its end points to it: of a bundle, of what is to be signed, and of a package that is not in form. */
final class ZipDirectory {

    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int MAX_COMMENT = 0xffff;
    private static final int MAX_BYTES = 32 << 20;
    private static final int PIECE = 16 << 10;
    private static final int ENCRYPTED = 1;
    private static final int SIZE_FOLLOWS = 8;

    private final Region file;
    private final List<Member> members = new ArrayList<>();
    private byte[] in = new byte[0];
    private byte[] out = in;

    ZipDirectory(Region file) {
        this.file = file;
    }

    /**
     * An entry as the directory has it.
     *
     * @param packed bytes in the file
     * @param size   bytes unpacked, as it is written
     * @param at     of its local header
     */
    record Member(String name, int flags, int method, long crc, long packed, long size, long at) {

        boolean isFolder() {
            return name.endsWith("/");
        }
    }

    /** Takes unpacked bytes. */
    @FunctionalInterface
    interface Sink {
        void take(byte[] bytes, int length) throws IOException;
    }

    /** @return empty if there is no end of a zip in this file, or if it points nowhere */
    static Optional<ZipDirectory> read(Region file) throws IOException {
        int tail = (int) Math.min(file.size(), ZipForm.END_BYTES + MAX_COMMENT);
        ByteBuffer bytes = little(file.bytes(file.size() - tail, tail));
        for (int at = tail - ZipForm.END_BYTES; at >= 0; at--) {
            // The first one from the end that reaches to the end: it alone is looked at, however many a hostile comment holds.
            if (bytes.getInt(at) == ZipForm.END && (bytes.getShort(at + 20) & 0xffff) == tail - ZipForm.END_BYTES - at) {
                long size = bytes.getInt(at + 12) & 0xffff_ffffL;
                long offset = bytes.getInt(at + 16) & 0xffff_ffffL;
                ZipDirectory found = new ZipDirectory(file);
                boolean whole = size <= MAX_BYTES && offset + size <= file.size() - tail + at && found.readMembers(little(file.bytes(offset, (int) size)));
                return whole ? Optional.of(found) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private boolean readMembers(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (in.remaining() < ZipForm.CENTRAL_BYTES || in.getInt(in.position()) != ZipForm.CENTRAL) {
                return false;
            }
            int head = in.position();
            int name = in.getShort(head + 28) & 0xffff;
            int rest = (in.getShort(head + 30) & 0xffff) + (in.getShort(head + 32) & 0xffff);
            if (in.remaining() < ZipForm.CENTRAL_BYTES + name + rest) {
                return false;
            }
            members.add(new Member(new String(in.array(), head + ZipForm.CENTRAL_BYTES, name, UTF_8), in.getShort(head + 8) & 0xffff,
                    in.getShort(head + 10) & 0xffff, in.getInt(head + 16) & 0xffff_ffffL, in.getInt(head + 20) & 0xffff_ffffL,
                    in.getInt(head + 24) & 0xffff_ffffL, in.getInt(head + 42) & 0xffff_ffffL));
            in.position(head + ZipForm.CENTRAL_BYTES + name + rest);
        }
        return true;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    List<Member> members() {
        return members;
    }

    /**
     * Reads an entry through, to its end and not one byte further than its written size.
     *
     * @throws Flaw if it is another entry than the directory says, or has another size or checksum
     */
    void unpack(Member member, Sink sink) throws Flaw, IOException {
        Region packed = packed(member);
        if (in.length == 0) {
            in = new byte[PIECE];
            out = new byte[PIECE];
        }
        CRC32 crc = new CRC32();
        Sink checked = (bytes, length) -> {
            crc.update(bytes, 0, length);
            sink.take(bytes, length);
        };
        long size = member.method == STORED ? copy(packed, checked) : inflate(member, packed, checked);
        if (size != member.size || crc.getValue() != member.crc) {
            throw new Flaw("its entry " + member.name + " has not the size and the checksum that are written for it");
        }
    }

    private Region packed(Member member) throws Flaw, IOException {
        if (member.method != STORED && member.method != DEFLATED || (member.flags & ENCRYPTED) != 0 || member.method == STORED && member.packed != member.size) {
            throw new Flaw("its entry " + member.name + " is neither stored nor deflated");
        }
        if (member.at > file.size() - ZipForm.LOCAL_BYTES) {
            throw elsewhere(member);
        }
        ByteBuffer local = little(file.bytes(member.at, ZipForm.LOCAL_BYTES));
        int name = local.getShort(26) & 0xffff;
        long begin = member.at + ZipForm.LOCAL_BYTES + name + (local.getShort(28) & 0xffff);
        if (local.getInt(0) != ZipForm.LOCAL || begin > file.size() - member.packed || local.getShort(8) != member.method
                || !new String(file.bytes(member.at + ZipForm.LOCAL_BYTES, name), UTF_8).equals(member.name)
                || (local.getShort(6) & SIZE_FOLLOWS) == 0 && ((local.getInt(18) & 0xffff_ffffL) != member.packed || (local.getInt(22) & 0xffff_ffffL) != member.size)) {
            throw elsewhere(member);
        }
        return file.part(begin, member.packed);
    }

    private static Flaw elsewhere(Member member) {
        return new Flaw("its entry " + member.name + " is another one to who reads from the front than to who reads the directory");
    }

    private long copy(Region packed, Sink sink) throws IOException {
        for (long done = 0; done < packed.size();) {
            int length = (int) Math.min(in.length, packed.size() - done);
            packed.read(done, ByteBuffer.wrap(in, 0, length));
            sink.take(in, length);
            done += length;
        }
        return packed.size();
    }

    private long inflate(Member member, Region packed, Sink sink) throws Flaw, IOException {
        Inflater inflater = new Inflater(true);
        try {
            long read = 0;
            long size = 0;
            while (!inflater.finished() && size <= member.size) {
                int got = inflater.inflate(out);
                size += got;
                if (got > 0) {
                    sink.take(out, got);
                } else if (!inflater.finished()) {
                    int length = (int) Math.min(in.length, packed.size() - read);
                    if (length == 0 || inflater.needsDictionary()) {
                        break;
                    }
                    packed.read(read, ByteBuffer.wrap(in, 0, length));
                    inflater.setInput(in, 0, length);
                    read += length;
                }
            }
            return inflater.finished() && inflater.getBytesRead() == packed.size() ? size : -1;
        } catch (DataFormatException e) {
            throw new Flaw("its entry " + member.name + " can't be unpacked: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
