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
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a store and where each page lies in them. Thread-safe: {@code this} guards all fields. What waits
 * for the disk runs without it on the thread of the {@link Syncer}, which alone closes files.
 */
final class TreeFiles extends PageHome {

    private static final Logger log = LoggerFactory.getLogger(TreeFiles.class);

    private final TreeFolder folder;
    private final long rollBytes;
    private final TreeFile.Force force;
    private final Syncer syncer = new Syncer();
    /** Files that grow no more, but are not durable yet. */
    private List<TreeFile> full = new ArrayList<>();
    private TreeFile current;
    /** Places below this one are durable. */
    private long durable;
    /** Whether the folder's list of files has to be made durable. */
    private boolean newName;
    /** How often appended pages were lost. */
    private int losses;
    private boolean closed;

    TreeFiles(Path path, long rollBytes, TreeFile.Force force) throws IOException {
        folder = new TreeFolder(path);
        this.force = force;
        this.rollBytes = rollBytes;
        List<Integer> numbers = folder.numbers();
        int last = numbers.isEmpty() ? 1 : numbers.getLast();
        int sound = folder.sound();
        for (int number : numbers) {
            if (number < Math.min(last, sound)) {
                index(number, FrameScan.hop(folder.file(number)));
            } else if (number < last) {
                // Full, but perhaps not durable when the power went: a sound header says nothing of what follows it.
                FrameScan.Result found = FrameScan.thorough(folder.file(number));
                index(number, found);
                folder.settle(number, found);
            }
        }
        FrameScan.Result tail = numbers.isEmpty() ? new FrameScan.Result(List.of(), 0, 0, List.of()) : FrameScan.thorough(folder.file(last));
        index(last, tail);
        long torn = numbers.isEmpty() ? 0 : Files.size(folder.file(last)) - tail.end();
        if (torn > 0) {
            log.warn("{}: cut off a torn tail of {} bytes at {}", folder.file(last), torn, tail.end());
        }
        if (!numbers.isEmpty()) {
            folder.settle(last, tail);
        }
        current = new TreeFile(folder.file(last), last, tail.end(), force);
        current.sync();
        folder.sync();
        if (sound != last) {
            folder.sound(last);
        }
        durable = PageIndex.place(last, tail.end());
    }

    private void index(int number, FrameScan.Result scan) {
        scan.frames().forEach(frame -> index.put(frame.id(), PageIndex.place(number, frame.offset()), frame.length()));
        if (scan.damaged() > 0) {
            log.warn("{}: {} bytes are damaged; the pages in them are sent again by the next backup", folder.file(number), scan.damaged());
        }
    }

    @Override
    synchronized boolean durable(ChunkId id) {
        long place = index.place(id);
        return place != PageIndex.NONE && place < durable;
    }

    @Override
    synchronized boolean append(ChunkId id, ByteBuffer frame) throws BackupException {
        try {
            open();
            if (index.place(id) != PageIndex.NONE) {
                index.touch(id);
                return false;
            }
            index.put(id, write(frame), frame.remaining());
            return true;
        } catch (IOException e) {
            throw folder.failed(e);
        }
    }

    @Override
    long room() throws BackupException {
        try {
            return folder.room();
        } catch (IOException e) {
            throw folder.failed(e);
        }
    }

    /** @return the place */
    private long write(ByteBuffer frame) throws IOException {
        if (current.end() >= rollBytes) {
            roll();
        }
        long place = PageIndex.place(current.number, current.end());
        current.append(frame);
        return place;
    }

    private void roll() throws IOException {
        int number = current.number + 1;
        TreeFile next = new TreeFile(folder.file(number), number, 0, force);
        full.add(current);
        current = next;
        newName = true;
    }

    @Override
    void sync() throws BackupException {
        long target;
        int before;
        synchronized (this) {
            target = PageIndex.place(current.number, current.end());
            before = losses;
        }
        try {
            syncer.run(() -> syncTo(target));
        } catch (IOException e) {
            throw folder.failed(e);
        }
        synchronized (this) {
            if (losses != before) {
                throw folder.failed(new IOException("pages were lost: the disk did not take them"));
            }
        }
    }

    /** On the syncer's thread. */
    private void syncTo(long target) throws IOException {
        List<TreeFile> earlier;
        TreeFile file;
        long end;
        boolean names;
        synchronized (this) {
            open();
            if (target <= durable) {
                return;
            }
            earlier = full;
            full = new ArrayList<>();
            file = current;
            end = PageIndex.place(file.number, file.end());
            names = newName;
            newName = false;
        }
        try {
            finish(earlier);
            file.sync();
            if (names) {
                folder.sync();
                folder.sound(file.number);
            }
        } catch (IOException e) {
            lose();
            throw e;
        }
        synchronized (this) {
            durable = Math.max(durable, end);
        }
    }

    private static void finish(List<TreeFile> files) throws IOException {
        IOException failure = null;
        for (TreeFile file : files) {
            try (file) {
                file.sync();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** After a failed write to the disk nobody knows what is there: what is not durable is cut off, and a new file begun. */
    private synchronized void lose() throws IOException {
        losses++;
        index.drop(place -> place >= durable);
        int good = PageIndex.file(durable);
        for (int number = good; number < current.number; number++) {
            try (RandomAccessFile file = new RandomAccessFile(folder.file(number).toFile(), "rw")) {
                file.setLength(number == good ? PageIndex.offset(durable) : 0);
            }
        }
        current.cut(current.number == good ? PageIndex.offset(durable) : 0);
        roll();
        durable = PageIndex.place(current.number, 0);
    }

    @Override
    Stored read(ChunkId id) throws BackupException {
        long place;
        int length;
        synchronized (this) {
            place = index.place(id);
            length = place == PageIndex.NONE ? 0 : index.length(id);
        }
        if (place == PageIndex.NONE) {
            throw BackupException.corrupt("tree.missing", id.toString(), "tree page " + id + " is not in " + folder);
        }
        Path path = folder.file(PageIndex.file(place));
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] bytes = new byte[length];
            file.seek(PageIndex.offset(place));
            file.readFully(bytes);
            return new Stored(place, ByteBuffer.wrap(bytes));
        } catch (FileNotFoundException e) {
            synchronized (this) {
                if (index.place(id) == place) {
                    throw TreeFolder.failed(path, e);
                }
            }
            return read(id);
        } catch (EOFException e) {
            return new Stored(place, ByteBuffer.allocate(0));
        } catch (IOException e) {
            throw TreeFolder.failed(path, e);
        }
    }

    /**
     * Files that grow no more and are durable, of which so few bytes are marked; the one that grows among them, which is followed by
     * another then.
     */
    @Override
    List<Integer> sparse(int livePercent) throws BackupException {
        Map<Integer, Long> live = new HashMap<>();
        List<Integer> sparse = new ArrayList<>();
        try {
            synchronized (this) {
                open();
                index.each(true, place -> true, page -> live.merge(PageIndex.file(page.place()), (long) page.length(), Long::sum));
                if (current.end() > 0 && isSparse(live.get(current.number), current.end(), livePercent)) {
                    roll();
                }
            }
            sync();
            int last;
            synchronized (this) {
                last = PageIndex.file(durable);
            }
            for (int number : folder.numbers()) {
                if (number < last && isSparse(live.get(number), Files.size(folder.file(number)), livePercent)) {
                    sparse.add(number);
                }
            }
        } catch (IOException e) {
            throw folder.failed(e);
        }
        return sparse;
    }

    @Override
    synchronized long copy(ByteBuffer frame) throws BackupException {
        try {
            open();
            return write(frame);
        } catch (IOException e) {
            throw folder.failed(e);
        }
    }

    @Override
    int delete(int number) throws BackupException {
        int dropped = forgetUnmarked(number);
        if (dropped < 0) {
            return dropped;
        }
        try {
            syncer.run(() -> {
                Files.deleteIfExists(folder.file(number));
                folder.sync();
            });
        } catch (IOException e) {
            throw folder.failed(e);
        }
        return dropped;
    }

    @Override
    Stored damaged(ChunkId id, long place) {
        drop(id, place);
        return null;
    }

    @Override
    void close() {
        try {
            syncer.run(this::end);
        } catch (IOException e) {
            log.warn("{}: {}", folder, e.toString());
        }
        syncer.close();
    }

    /** On the syncer's thread. */
    private synchronized void end() throws IOException {
        if (!closed) {
            closed = true;
            full.add(current);
            finish(full);
        }
    }

    private void open() throws IOException {
        if (closed) {
            throw new IOException("the store is closed");
        }
    }
}
