package org.azekura.driver.simulator;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Drive.Description;
import org.azekura.api.device.Drive.Signpost;

/**
 * The tape of a cartridge: a file of entries, one for each object, and a file of their contents. What was synced is there whatever happens to the
 * process or the machine; what was appended since is there up to some object, and each of those is whole. One thread at a time.
 */
final class Reel implements Closeable {

    private static final String ENTRIES = ".objects";
    private static final String CONTENT = ".content";
    /** Entries that are read at once: spacing over filemarks looks at every one. */
    private static final int PAGE = 256;

    private final String where;
    private final FileChannel entries;
    private final FileChannel content;
    private ReelHead head;
    private long objects;
    private long end;
    private long used;
    private final ByteBuffer page = ByteBuffer.allocate(PAGE * Entry.BYTES).limit(0);
    private long pageFrom;

    private Reel(Barcode barcode, FileChannel entries, FileChannel content) {
        this.where = "cartridge " + barcode;
        this.entries = entries;
        this.content = content;
    }

    /** Makes an empty one; nothing happens if it is there. Durable at return, but for the folder's own entry. */
    static void create(Path folder, Barcode barcode, long capacity) throws IOException {
        Path file = folder.resolve(barcode + ENTRIES);
        if (Files.exists(file)) {
            return;
        }
        Files.deleteIfExists(folder.resolve(barcode + CONTENT));
        try (FileChannel empty = FileChannel.open(folder.resolve(barcode + CONTENT), Set.of(CREATE_NEW, WRITE), LibraryFolder.PRIVATE)) {
            empty.force(true);
        }
        LibraryFolder.replace(file, ReelHead.fresh(barcode, capacity).encode());
    }

    /** @throws BackupException {@code media.read} if the files are damaged */
    static Reel open(Path folder, Barcode barcode) throws IOException, BackupException {
        FileChannel entries = FileChannel.open(folder.resolve(barcode + ENTRIES), READ, WRITE);
        FileChannel content = null;
        try {
            content = FileChannel.open(folder.resolve(barcode + CONTENT), READ, WRITE);
            Reel reel = new Reel(barcode, entries, content);
            reel.recover();
            return reel;
        } catch (IOException | BackupException | RuntimeException e) {
            entries.close();
            if (content != null) {
                content.close();
            }
            throw e;
        }
    }

    private void recover() throws IOException, BackupException {
        ByteBuffer all = ByteBuffer.allocate(ReelHead.BYTES);
        readFully(entries, all, 0);
        head = ReelHead.decode(all.flip(), where);
        if (head.durable() > (entries.size() - ReelHead.BYTES) / Entry.BYTES) {
            throw Trouble.media("media.read", where, "its file of objects is cut off");
        }
        objects = head.durable();
        settle();
        if (end > content.size()) {
            throw Trouble.media("media.read", where, "its file of contents is cut off");
        }
        while (isWhole(objects)) {
            objects++;
            settle();
        }
        if (entries.size() > ReelHead.BYTES + objects * Entry.BYTES) {
            dropBehind();
        }
        page.limit(0);
    }

    /** What lies behind the end can't come back then: its epoch is over, however few of these writes reach the disk. */
    private void dropBehind() throws IOException {
        content.force(false);
        entries.force(false);
        note(head.with(objects, head.epoch() + 1));
        entries.truncate(ReelHead.BYTES + objects * Entry.BYTES);
        content.truncate(end);
    }

    /** Takes over from the last object where the next one goes. */
    private void settle() throws IOException, BackupException {
        Entry last = objects == 0 ? null : entry(objects - 1);
        end = last == null ? 0 : last.end();
        used = last == null ? 0 : last.used();
    }

    /** Whether an object that was not synced came to the disk, all of it, and belongs to what stands before it. */
    private boolean isWhole(long object) throws IOException {
        if (ReelHead.BYTES + (object + 1) * Entry.BYTES > entries.size()) {
            return false;
        }
        try {
            Entry entry = entry(object);
            return entry.epoch() == head.epoch() && entry.offset() == end && entry.begins() == used && entry.end() <= content.size()
                    && Checksum.of(ByteBuffer.wrap(stored(entry))) == entry.crc();
        } catch (BackupException e) {
            return false;
        }
    }

    long capacity() {
        return head.capacity();
    }

    /** How many there are. */
    long objects() {
        return objects;
    }

    /** Bytes of tape up to the end of data. */
    long used() {
        return used;
    }

    /** Bytes of tape that lie before an object, or before the end of data. */
    long usedBefore(long object) throws IOException, BackupException {
        return object == objects ? used : entry(object).begins();
    }

    /** @throws BackupException {@code media.read} if it is damaged */
    Entry entry(long object) throws IOException, BackupException {
        if (object < pageFrom || object >= pageFrom + page.limit() / Entry.BYTES) {
            pageFrom = object / PAGE * PAGE;
            page.clear();
            readFully(entries, page, ReelHead.BYTES + pageFrom * Entry.BYTES);
            page.flip().limit(page.limit() / Entry.BYTES * Entry.BYTES);
        }
        int at = (int) (object - pageFrom) * Entry.BYTES;
        if (at >= page.limit()) {
            throw Trouble.media("media.read", where, "nothing is noted of object " + object);
        }
        return Entry.decode(page.slice(at, Entry.BYTES), object, where);
    }

    /** The content as it is stored, sound or not. */
    byte[] stored(Entry entry) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(entry.stored());
        readFully(content, bytes, entry.offset());
        return bytes.array();
    }

    /** Adds an object at the end. */
    void append(Piece piece) throws IOException {
        Entry entry = new Entry(end, used, piece.length(), objects, head.epoch(), piece.kind(), piece.form(), piece.crc());
        writeFully(content, ByteBuffer.wrap(piece.content()), end);
        ByteBuffer bytes = ByteBuffer.allocate(Entry.BYTES);
        entry.encode(bytes);
        writeFully(entries, bytes.flip(), ReelHead.BYTES + objects * Entry.BYTES);
        page.limit(0);
        objects++;
        end = entry.end();
        used = entry.used();
    }

    /** Makes an object, and all behind it, not to have been; what stands before it is durable then. */
    void cut(long object) throws IOException, BackupException {
        if (object == objects) {
            return;
        }
        objects = object;
        settle();
        dropBehind();
        page.limit(0);
    }

    /** Makes everything durable. */
    void sync() throws IOException {
        if (head.durable() == objects) {
            return;
        }
        content.force(true);
        entries.force(true);
        note(head.with(objects, head.epoch()));
    }

    /** What the cartridge's memory says of it; durable at return. */
    void describe(Description description) throws IOException {
        writeFully(entries, CartridgeMemory.encode(description), CartridgeMemory.AT);
        entries.force(false);
    }

    Optional<Description> description() throws IOException {
        ByteBuffer memory = ByteBuffer.allocate(CartridgeMemory.BYTES);
        readFully(entries, memory, CartridgeMemory.AT);
        return CartridgeMemory.decode(memory.array());
    }

    /** The memory says this, too; what it said before is what it may be found to say still. */
    void signpost(Signpost now) throws IOException {
        writeFully(entries, Post.encode(now, Post.decode(post(), 0)), Post.AT);
        entries.force(false);
    }

    /** @param old as it was before the last was written */
    Optional<Signpost> signpost(boolean old) throws IOException {
        return Post.decode(post(), old ? 1 : 0);
    }

    private byte[] post() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Post.BYTES);
        readFully(entries, bytes, Post.AT);
        return bytes.array();
    }

    /** What the cartridge has been through is this from here on. */
    void wear(Wear now) throws IOException {
        writeFully(entries, now.encode(), Wear.AT);
    }

    Wear wear() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Wear.BYTES);
        readFully(entries, bytes, Wear.AT);
        return Wear.decode(bytes.array());
    }

    private void note(ReelHead next) throws IOException {
        writeFully(entries, next.slot(), next.slotAt());
        entries.force(false);
        head = next;
    }

    private static void readFully(FileChannel from, ByteBuffer into, long at) throws IOException {
        int begin = into.position();
        int got = 0;
        while (into.hasRemaining() && got >= 0) {
            got = from.read(into, at + into.position() - begin);
        }
    }

    private static void writeFully(FileChannel to, ByteBuffer bytes, long at) throws IOException {
        long next = at;
        while (bytes.hasRemaining()) {
            next += to.write(bytes, next);
        }
    }

    @Override
    public void close() throws IOException {
        try (entries; content) {
            page.limit(0);
        }
    }
}
