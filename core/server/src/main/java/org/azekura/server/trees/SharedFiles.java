package org.azekura.server.trees;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages that several servers keep on one device, and this folder as what of it is here: usually all. What was appended is durable when it is on the
 * device, as a segment of its own. Thread-safe: {@code this} guards all fields. What waits for the device runs without it: puts on the thread of the
 * {@link Syncer}, the rest on those of the {@link Follower} and the {@link Joiner}.
 */
final class SharedFiles extends PageHome {

    /** Code of a device that can't be asked: the same call can succeed later. */
    static final String AWAY = "trees.away";
    private static final Logger log = LoggerFactory.getLogger(SharedFiles.class);
    /** The number after a failed put is another one, for nobody knows what became of it. */
    private static final int PUTS = 2;

    final SegmentFolder folder;
    final Shelf shelf;
    final SegmentTable table = new SegmentTable();
    final Condemned condemned = new Condemned();
    private final String server;
    private final long rollBytes;
    private final TreeFile.Force force;
    private final Syncer syncer = new Syncer();
    private final Follower follower;
    private final Joiner joiner;
    /** Files that grow no more, but are not on the device yet. */
    private final List<TreeFile> full = new ArrayList<>();
    private TreeFile current;
    /** Files of a store of this folder alone, by their numbers here. */
    private final Map<Integer, Path> older = new TreeMap<>();
    /** Places below this one that were written here are durable. */
    private long durable;
    /** Files that were here when marks began. */
    private int marked;
    private TreeMarks.Jobs jobs = Set::of;
    private boolean closed;
    /** What outlives {@link #close} leaves the folder alone: it may be another store's by then. */
    private boolean over;

    private SharedFiles(Path path, Sharing sharing, long rollBytes, TreeFile.Force force) throws IOException {
        this.folder = new SegmentFolder(path);
        this.shelf = new Shelf(sharing);
        this.server = sharing.server();
        this.rollBytes = rollBytes;
        this.force = force;
        this.follower = new Follower(this, server);
        this.joiner = new Joiner(this, server, rollBytes);
        folder.whole(false);
        folder.forgetPending("");
        for (Segment segment : folder.segments()) {
            take(segment, Files.size(folder.file(segment)), FrameScan.hop(folder.file(segment)));
        }
        takeOlder(path);
        begin();
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

    /** What a store of this folder alone has left is read, and goes to the device by and by. */
    private void takeOlder(Path path) throws IOException {
        TreeFolder alone = new TreeFolder(path);
        for (int number : alone.numbers()) {
            int file = table.file();
            older.put(file, alone.file(number));
            for (FrameScan.Found frame : FrameScan.hop(alone.file(number)).frames()) {
                if (index.place(frame.id()) == PageIndex.NONE) {
                    index.put(frame.id(), PageIndex.place(file, frame.offset()), frame.length());
                }
            }
        }
    }

    /** On the follower's thread: who waits for it waits for this, too. */
    void moveOlder() throws BackupException {
        try {
            for (Map.Entry<Integer, Path> each : olderFiles()) {
                long size = Files.size(each.getValue());
                Segment segment = size == 0 ? null : put(each.getValue());
                synchronized (this) {
                    requireOpen();
                    if (segment == null) {
                        Files.delete(each.getValue());
                    } else {
                        folder.move(each.getValue(), segment);
                        table.put(each.getKey(), segment, size);
                    }
                    older.remove(each.getKey());
                }
                if (segment != null) {
                    follower.written(segment);
                    log.info("{} went to the shared store of tree pages as {}", each.getValue(), segment);
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private synchronized List<Map.Entry<Integer, Path>> olderFiles() {
        return List.copyOf(older.entrySet());
    }

    /** A file of whole frames becomes a segment. */
    void move(Path file) throws IOException, BackupException {
        FrameScan.Result scan = FrameScan.hop(file);
        Segment segment = put(file);
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
        for (FrameScan.Found frame : scan.frames()) {
            long at = index.place(frame.id());
            Segment other = at == PageIndex.NONE ? null : table.segment(PageIndex.file(at));
            if (at == PageIndex.NONE || other != null && other.compareTo(segment) < 0) {
                index.put(frame.id(), PageIndex.place(file, frame.offset()), frame.length());
            }
        }
        if (!scan.isWhole(size)) {
            log.warn("{}: {} bytes are damaged; the pages in them are sent again by the next backup", folder.file(segment), scan.damaged() + size - scan.end());
        }
    }

    /** This segment is no more; what only it had is forgotten. */
    synchronized void gone(Segment segment) throws IOException {
        Integer file = table.file(segment);
        if (file != null) {
            index.drop(place -> PageIndex.file(place) == file);
            table.remove(segment);
            if (!over) {
                Files.deleteIfExists(folder.file(segment));
            }
        }
    }

    private void begin() throws IOException {
        int number = table.file();
        current = new TreeFile(folder.pending(server, number), number, 0, force);
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
            open();
            if (current.end() >= rollBytes) {
                roll();
            }
            long place = PageIndex.place(current.number, current.end());
            current.append(frame);
            return place;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void roll() throws IOException {
        full.add(current);
        begin();
    }

    private BackupException failed(IOException cause) {
        return cause.getCause() instanceof BackupException known ? known : TreeFolder.failed(folder.path(), cause);
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
        long target;
        synchronized (this) {
            target = PageIndex.place(current.number, current.end());
        }
        try {
            syncer.run(() -> syncTo(target));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** On the syncer's thread. */
    private void syncTo(long target) throws IOException {
        List<TreeFile> files;
        synchronized (this) {
            open();
            if (target <= durable) {
                return;
            }
            if (current.end() > 0) {
                roll();
            }
            files = List.copyOf(full);
        }
        try {
            for (TreeFile file : files) {
                shelve(file);
            }
        } catch (BackupException e) {
            throw new IOException(e);
        }
        synchronized (this) {
            durable = Math.max(durable, target);
        }
        joiner.look();
    }

    private void shelve(TreeFile file) throws IOException, BackupException {
        file.sync();
        Segment segment = put(folder.pending(server, file.number));
        synchronized (this) {
            requireOpen();
            folder.move(folder.pending(server, file.number), segment);
            table.put(file.number, segment, file.end());
            full.remove(file);
        }
        follower.written(segment);
        file.close();
    }

    /** Puts a file on the device under a number that no segment of this server has. */
    Segment put(Path file) throws BackupException {
        for (int tries = 1;; tries++) {
            Segment segment = follower.claim();
            try {
                shelf.put(segment, file);
                return segment;
            } catch (BackupException e) {
                if (e.failure().code().equals("blob.exists")) {
                    throw follower.fenced(segment);
                }
                if (tries == PUTS) {
                    throw e;
                }
                log.info("{}", e.getMessage());
            }
        }
    }

    @Override
    Stored read(ChunkId id) throws BackupException {
        for (boolean asked = false;;) {
            long place;
            int length;
            Path path;
            synchronized (this) {
                place = index.place(id);
                length = place == PageIndex.NONE ? 0 : index.length(id);
                path = place == PageIndex.NONE ? null : path(PageIndex.file(place));
            }
            if (place == PageIndex.NONE) {
                if (asked || !follower.search(id)) {
                    throw BackupException.corrupt("tree.missing", id.toString(), "tree page " + id + " is not in " + folder.path() + ", nor in the shared store");
                }
                asked = true;
                continue;
            }
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
                byte[] bytes = new byte[length];
                file.seek(PageIndex.offset(place));
                file.readFully(bytes);
                return new Stored(place, ByteBuffer.wrap(bytes));
            } catch (FileNotFoundException e) {
                synchronized (this) {
                    if (index.place(id) == place && path.equals(path(PageIndex.file(place)))) {
                        return new Stored(place, ByteBuffer.allocate(0));
                    }
                }
            } catch (EOFException e) {
                return new Stored(place, ByteBuffer.allocate(0));
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    private Path path(int file) {
        Segment segment = table.segment(file);
        return segment != null ? folder.file(segment) : older.getOrDefault(file, folder.pending(server, file));
    }

    /** The device has every byte that this folder has. */
    @Override
    Stored damaged(ChunkId id, long place) throws BackupException {
        Segment segment;
        int length;
        synchronized (this) {
            segment = index.place(id) == place ? table.segment(PageIndex.file(place)) : null;
            length = segment == null ? 0 : index.length(id);
        }
        if (segment == null) {
            drop(id, place);
            return null;
        }
        try {
            ByteBuffer bytes = sound(id, shelf.read(segment, PageIndex.offset(place), length)).bytes();
            mend(segment, PageIndex.offset(place), bytes);
            return new Stored(place, bytes);
        } catch (BackupException e) {
            if (e.failure().code().equals(AWAY)) {
                throw e;
            }
            drop(id, place);
            return null;
        }
    }

    private void mend(Segment segment, long offset, ByteBuffer bytes) {
        if (!Files.exists(folder.file(segment))) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(folder.file(segment).toFile(), "rw")) {
            file.seek(offset);
            file.write(bytes.array(), bytes.arrayOffset(), bytes.limit());
            log.warn("{}: a tree page at {} was damaged here and has come anew from the shared store", folder.file(segment), offset);
        } catch (IOException e) {
            log.warn("{}: a damaged page could not be mended: {}", folder.file(segment), e.toString());
        }
    }

    @Override
    void beginMarks(TreeMarks.Jobs who) throws BackupException {
        follower.follow();
        Set<Segment> known;
        synchronized (this) {
            known = table.condemned();
        }
        condemned.look(known, who.unended());
        synchronized (this) {
            jobs = who;
            marked = table.last();
            index.beginMarks();
        }
    }

    @Override
    List<Integer> sparse(int livePercent) throws BackupException {
        follower.tidy();
        synchronized (this) {
            return condemned.ripe().stream().filter(table::has).map(table::file).sorted().toList();
        }
    }

    @Override
    synchronized List<Integer> fading(int livePercent) {
        Map<Integer, Long> live = new HashMap<>();
        index.each(true, place -> true, page -> live.merge(PageIndex.file(page.place()), (long) page.length(), Long::sum));
        return table.segments().stream().filter(segment -> {
            int file = table.file(segment);
            return file <= marked && !table.isCondemned(file) && isSparse(live.get(file), table.size(segment), livePercent);
        }).map(table::file).sorted().toList();
    }

    @Override
    void condemn(List<Integer> files) throws BackupException {
        List<Segment> segments = new ArrayList<>();
        for (int file : files) {
            Segment segment;
            synchronized (this) {
                segment = table.segment(file);
            }
            if (segment != null) {
                shelf.condemn(segment);
                segments.add(segment);
            }
        }
        synchronized (this) {
            table.condemn(segments);
        }
        condemned.await(segments, jobs.unended());
    }

    @Override
    int delete(int number) throws BackupException {
        int dropped = forgetUnmarked(number);
        Segment segment;
        synchronized (this) {
            segment = table.segment(number);
        }
        if (dropped >= 0 && segment != null) {
            shelf.delete(segment);
            try {
                gone(segment);
            } catch (IOException e) {
                throw failed(e);
            }
        }
        return dropped;
    }

    @Override
    void close() {
        joiner.close();
        try {
            syncer.run(this::end);
        } catch (IOException e) {
            log.warn("{}: {}", folder, e.toString());
        }
        syncer.close();
        follower.close();
        synchronized (this) {
            over = true;
        }
    }

    /** On the syncer's thread. */
    private void end() throws IOException {
        long target;
        synchronized (this) {
            if (closed) {
                return;
            }
            target = PageIndex.place(current.number, current.end());
        }
        IOException failure = null;
        try {
            syncTo(target);
            synchronized (this) {
                requireOpen();
                folder.whole(follower.isWhole());
            }
        } catch (IOException e) {
            failure = e;
        }
        synchronized (this) {
            closed = true;
            full.add(current);
            for (TreeFile file : full) {
                file.close();
            }
            folder.forgetPending(server);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void open() throws IOException {
        requireOpen();
        if (closed) {
            throw new IOException("the store is closed");
        }
    }

    /** Whether the folder is this store's still. Only while {@code this} is held. */
    void requireOpen() throws IOException {
        if (over) {
            throw new IOException("the store was closed before the device answered");
        }
    }
}
