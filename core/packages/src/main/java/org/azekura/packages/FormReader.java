package org.azekura.packages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/** Reads a package from its first byte to its last: each is what the entries before it say that it is. */
final class FormReader {

    static final int MAX_SIGNATURE = 16 << 10;
    static final int MAX_MANIFEST = 64 << 10;

    private static final int PIECE = 64 << 10;

    private final Region file;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int entries;
    private long at;

    private FormReader(Region file) {
        this.file = file;
    }

    /**
     * What was read.
     *
     * @param list      as it is signed
     * @param signature null if there is none
     * @param places    of the listed entries' bytes, in the list's order
     */
    record Form(byte[] list, EntryList entries, byte[] signature, byte[] manifest, List<Region> places) {}

    /** @throws Flaw what differs, as far as one can tell */
    static Form read(Region file) throws Flaw, IOException {
        return new FormReader(file).read();
    }

    private Form read() throws Flaw, IOException {
        byte[] list = small(EntryName.LIST, EntryList.MAX_BYTES);
        EntryList listed = EntryList.decode(list);
        byte[] signature = isNext(EntryName.SIGNATURE) ? small(EntryName.SIGNATURE, MAX_SIGNATURE) : null;
        if (listed.lines().getFirst().size() > MAX_MANIFEST) {
            throw new Flaw("its manifest is larger than " + MAX_MANIFEST + " bytes");
        }
        List<Region> places = new ArrayList<>();
        for (EntryList.Line line : listed.lines()) {
            places.add(place(line));
        }
        requireNoMore();
        requireDirectory();
        return new Form(list, listed, signature, places.getFirst().bytes(), places);
    }

    private boolean isNext(String name) throws IOException {
        byte[] expected = name.getBytes(US_ASCII);
        return file.size() - at >= ZipForm.LOCAL_BYTES + expected.length
                && Arrays.equals(expected, file.bytes(at + ZipForm.LOCAL_BYTES, expected.length));
    }

    /** An entry whose size its header tells. */
    private byte[] small(String name, int most) throws Flaw, IOException {
        if (file.size() - at < ZipForm.LOCAL_BYTES + name.length()) {
            throw differs();
        }
        long size = ZipForm.allocate(Integer.BYTES).put(file.bytes(at + 22, Integer.BYTES)).getInt(0) & 0xffff_ffffL;
        long begin = at + ZipForm.LOCAL_BYTES + name.length();
        if (size > most || size > file.size() - begin) {
            throw differs();
        }
        byte[] content = file.bytes(begin, (int) size);
        CRC32 crc = new CRC32();
        crc.update(content);
        take(name, size, crc.getValue());
        return content;
    }

    private Region place(EntryList.Line line) throws Flaw, IOException {
        long begin = at + ZipForm.LOCAL_BYTES + line.name().length();
        if (line.size() > file.size() - begin) {
            throw new Flaw("it is truncated: it ends at byte " + file.size() + ", within or before " + line.name());
        }
        Region place = file.part(begin, line.size());
        CRC32 crc = new CRC32();
        MessageDigest sha256 = Digests.sha256();
        for (long done = 0; done < line.size(); done += piece.limit()) {
            piece.clear().limit((int) Math.min(PIECE, line.size() - done));
            place.read(done, piece);
            crc.update(piece.flip());
            sha256.update(piece.rewind());
        }
        String found = HexFormat.of().formatHex(sha256.digest());
        if (!found.equals(line.sha256())) {
            throw Suspicion.of(file).orElseGet(() -> new Flaw("it was tampered with: " + line.name() + " has the SHA-256 " + found + ", listed is " + line.sha256()));
        }
        take(line.name(), line.size(), crc.getValue());
        return place;
    }

    /** Goes behind an entry whose header is this one and no other. */
    private void take(String name, long size, long crc) throws Flaw, IOException {
        byte[] header = ZipForm.local(name, size, crc);
        require(header);
        directory.writeBytes(ZipForm.central(name, size, crc, at));
        entries++;
        at += header.length + size;
    }

    private void requireNoMore() throws Flaw, IOException {
        if (file.size() - at >= ZipForm.LOCAL_BYTES && ZipForm.allocate(Integer.BYTES).put(file.bytes(at, Integer.BYTES)).getInt(0) == ZipForm.LOCAL) {
            throw Suspicion.of(file).orElseGet(() -> new Flaw("it was tampered with: it has an entry that is not in its list of entries"));
        }
    }

    private void requireDirectory() throws Flaw, IOException {
        byte[] end = ZipForm.end(entries, directory.size(), at);
        directory.writeBytes(end);
        byte[] whole = directory.toByteArray();
        require(whole);
        at += whole.length;
        if (at != file.size()) {
            throw differs();
        }
    }

    private void require(byte[] expected) throws Flaw, IOException {
        if (file.size() - at < expected.length) {
            throw differs();
        }
        int first = Arrays.mismatch(expected, file.bytes(at, expected.length));
        if (first >= 0) {
            at += first;
            throw differs();
        }
    }

    private Flaw differs() throws IOException {
        return Suspicion.of(file).orElseGet(() -> new Flaw("it was tampered with: byte " + at + " is not what the entries before it say"));
    }
}
