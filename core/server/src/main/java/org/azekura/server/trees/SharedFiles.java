package org.azekura.server.trees;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.server.Appliance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages that several servers keep on one device, and this folder as what of it is here: usually all. What was appended is durable when it is on the
 * device, as a segment of its own. Thread-safe: {@code this} guards the fields of all that it consists of, but for what {@link Follower} and {@link Claims}
 * have of their own, and is never waited for by who waits for the device.
 */
final class SharedFiles extends PageHome {

    /** Code of a device that can't be asked: the same call can succeed later. */
    static final String AWAY = "trees.away";
    private static final Logger log = LoggerFactory.getLogger(SharedFiles.class);

    final SegmentFolder folder;
    final Shelf shelf;
    final SegmentTable table = new SegmentTable();
    final OtherCopies others = new OtherCopies(this);
    final OlderFiles older = new OlderFiles(this);
    final Outbox outbox;
    final Follower follower;
    private final PageReader reader = new PageReader(this);
    private final SegmentPrune prune = new SegmentPrune(this);
    private final Joiner joiner;
    /** What outlives {@link #close} leaves the folder alone: it may be another store's by then. */
    private boolean over;

    private SharedFiles(Path path, Sharing sharing, long rollBytes, TreeFile.Force force) throws IOException {
        this.folder = new SegmentFolder(path);
        this.shelf = new Shelf(sharing);
        this.outbox = new Outbox(this, sharing.server(), rollBytes, force);
        this.follower = new Follower(this, sharing.server());
        this.joiner = new Joiner(this, sharing.server(), rollBytes);
        folder.whole(false);
        folder.forgetPending("");
        for (Segment segment : folder.segments()) {
            take(segment, Files.size(folder.file(segment)), FrameScan.hop(folder.file(segment)));
        }
        older.take();
        outbox.begin();
    }

    static SharedFiles open(Path path, Sharing sharing, long rollBytes, TreeFile.Force force) throws IOException, BackupException {
        if (!new TreeFolder(path).numbers().isEmpty()) {
            new TreeFiles(path, rollBytes, force).close(); // cuts off what is torn
        }
        SharedFiles files = new SharedFiles(path, sharing, rollBytes, force);
        boolean open = false;
        try {
            files.follower.begin();
            open = true;
            return files;
        } finally {
            if (!open) {
                files.close();
            }
        }
    }

    /** A file of whole frames becomes a segment. */
    void move(Path file) throws IOException, BackupException {
        FrameScan.Result scan = FrameScan.hop(file);
        Segment segment = outbox.put(file);
        synchronized (this) {
            requireOpen();
            folder.move(file, segment);
            take(segment, Files.size(folder.file(segment)), scan);
        }
        follower.written(segment);
    }

    /** This segment is here from now on. Of a page that is in several the latest counts. */
    synchronized void take(Segment segment, long size, FrameScan.Result scan) {
        int file = table.file();
        table.put(file, segment, size);
        scan.frames().forEach(frame -> consider(segment, frame));
        if (!scan.isWhole(size)) {
            log.warn("{}: {} bytes are damaged; the pages in them are sent again by the next backup", folder.file(segment), scan.damaged() + size - scan.end());
        }
    }

    /** This segment has a page, which is taken from the latest that has it; one that has no name yet is later than all others. While {@code this} is held. */
    void consider(Segment segment, FrameScan.Found frame) {
        long at = index.place(frame.id());
        Segment other = at == PageIndex.NONE ? null : table.segment(PageIndex.file(at));
        if (at == PageIndex.NONE || other != null && other.compareTo(segment) < 0) {
            index.put(frame.id(), PageIndex.place(table.file(segment), frame.offset()), frame.length());
        }
    }

    /**
     * A file of frames became this segment. Segments that came while it had no name yet may be later ones: pages are taken from those then, as all other
     * servers do. Two that take a page from different segments each hold the other's for dead.
     */
    void preferLater(Segment segment) throws IOException {
        for (Segment later : table.segments()) {
            if (later.compareTo(segment) > 0) {
                int file = table.file(segment);
                FrameScan.hop(folder.file(later)).frames().stream().filter(frame -> index.place(frame.id()) != PageIndex.NONE && PageIndex.file(index.place(frame.id())) == file)
                        .forEach(frame -> consider(later, frame));
            }
        }
    }

    /** This segment is no more; what only it had is forgotten, once {@link OtherCopies#find} has looked for the rest. */
    synchronized void gone(Segment segment) throws IOException {
        Integer file = table.file(segment);
        if (file != null) {
            others.seek(file);
            index.drop(place -> PageIndex.file(place) == file);
            table.remove(segment);
            if (!over) {
                Files.deleteIfExists(folder.file(segment));
            }
        }
    }

    @Override
    synchronized boolean durable(ChunkId id) {
        long place = index.place(id);
        return place != PageIndex.NONE && table.segment(PageIndex.file(place)) != null;
    }

    @Override
    boolean rely(ChunkId id) throws BackupException {
        long place;
        synchronized (this) {
            index.touch(id);
            place = index.place(id);
            if (place == PageIndex.NONE || !table.isCondemned(PageIndex.file(place))) {
                return place != PageIndex.NONE; // one that is on its way is there once this is settled
            }
        }
        ByteBuffer bytes = sound(id).bytes();
        synchronized (this) {
            long copy = copy(bytes);
            if (index.place(id) == place) {
                index.put(id, copy, bytes.remaining());
            }
            return true;
        }
    }

    @Override
    synchronized boolean append(ChunkId id, ByteBuffer frame) throws BackupException {
        long place = index.place(id);
        if (place != PageIndex.NONE && !table.isCondemned(PageIndex.file(place))) {
            index.touch(id);
            return false;
        }
        index.put(id, copy(frame), frame.remaining());
        return true;
    }

    @Override
    synchronized long copy(ByteBuffer frame) throws BackupException {
        try {
            return outbox.add(frame);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    BackupException failed(IOException cause) {
        return cause.getCause() instanceof BackupException known ? known : TreeFolder.failed(folder.path(), cause);
    }

    BackupException closed(Throwable cause) {
        return TreeFolder.failed(folder.path(), new IOException("the store is closed", cause));
    }

    @Override
    long room() throws BackupException {
        try {
            return new TreeFolder(folder.path()).room();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    void renew() throws BackupException {
        follower.follow();
    }

    @Override
    void settle() throws BackupException {
        sync();
    }

    @Override
    void sync() throws BackupException {
        try {
            if (outbox.sync()) {
                joiner.look();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    Appliance.Trees standing() {
        return follower.standing();
    }

    @Override
    void tend() {
        joiner.tend();
    }

    @Override
    Stored read(ChunkId id) throws BackupException {
        return reader.read(id);
    }

    @Override
    Stored damaged(ChunkId id, long place) throws BackupException {
        return reader.damaged(id, place);
    }

    @Override
    void beginMarks(TreeMarks.Jobs jobs) throws BackupException {
        prune.begin(jobs);
    }

    @Override
    List<Integer> sparse(int livePercent) throws BackupException {
        return prune.ripe();
    }

    @Override
    List<Integer> fading(int livePercent) {
        return prune.fading(livePercent);
    }

    @Override
    void condemn(List<Integer> files) throws BackupException {
        prune.condemn(files);
    }

    @Override
    int delete(int number) throws BackupException {
        return prune.delete(number);
    }

    @Override
    void close() {
        joiner.close();
        outbox.close(() -> {
            synchronized (this) {
                requireOpen();
                folder.whole(follower.isWhole());
            }
        });
        follower.close();
        synchronized (this) {
            over = true;
        }
    }

    /** Whether the folder is this store's still. Only while {@code this} is held. */
    void requireOpen() throws IOException {
        if (over) {
            throw new IOException("the store was closed before the device answered");
        }
    }
}
