package org.azekura.server.trees;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames that are not on the device yet, and how they come there: each {@link #sync} makes a segment of each file. Thread-safe: the home guards all fields.
 * Puts run without it, on the thread of the {@link Syncer}.
 */
final class Outbox {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    /** The number after a failed put is another one, for nobody knows what became of it. */
    private static final int PUTS = 2;

    private final SharedFiles home;
    private final String server;
    private final long rollBytes;
    private final TreeFile.Force force;
    private final Syncer syncer = new Syncer();
    /** Files that grow no more, but are not on the device yet. */
    private final List<TreeFile> full = new ArrayList<>();
    private TreeFile current;
    /** Places below this one that were written here are durable. */
    private long durable;
    private boolean closed;

    Outbox(SharedFiles home, String server, long rollBytes, TreeFile.Force force) {
        this.home = home;
        this.server = server;
        this.rollBytes = rollBytes;
        this.force = force;
    }

    void begin() throws IOException {
        int number = home.table.file();
        current = new TreeFile(file(number), number, 0, force);
    }

    Path file(int number) {
        return home.folder.pending(server, number);
    }

    /** Takes one more frame, while the home is held. @return its place */
    long add(ByteBuffer frame) throws IOException {
        open();
        if (current.end() >= rollBytes) {
            roll();
        }
        long place = PageIndex.place(current.number, current.end());
        current.append(frame);
        return place;
    }

    private void roll() throws IOException {
        full.add(current);
        begin();
    }

    /** Where the next frame will lie. */
    private long end() {
        synchronized (home) {
            return PageIndex.place(current.number, current.end());
        }
    }

    /** Makes segments of what was added before. @return whether there was something, which another call may have done meanwhile */
    boolean sync() throws IOException {
        long target = end();
        boolean[] did = new boolean[1];
        syncer.run(() -> did[0] = syncTo(target));
        return did[0];
    }

    /** On the syncer's thread. */
    private boolean syncTo(long target) throws IOException {
        List<TreeFile> files;
        synchronized (home) {
            open();
            if (target <= durable) {
                return false;
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
        synchronized (home) {
            durable = Math.max(durable, target);
        }
        return true;
    }

    private void shelve(TreeFile file) throws IOException, BackupException {
        file.sync();
        Segment segment = put(file(file.number));
        synchronized (home) {
            home.requireOpen();
            home.folder.move(file(file.number), segment);
            home.table.put(file.number, segment, file.end());
            home.preferLater(segment);
            full.remove(file);
        }
        home.follower.written(segment);
        file.close();
    }

    /** Puts a file on the device under a number that no segment of this server has. */
    Segment put(Path file) throws BackupException {
        for (int tries = 1;; tries++) {
            Segment segment = home.follower.claim();
            try {
                home.shelf.put(segment, file);
                return segment;
            } catch (BackupException e) {
                if (e.failure().code().equals("blob.exists")) {
                    throw home.follower.fenced(segment);
                }
                home.follower.written(segment); // perhaps: whoever lists it takes it for what it is, and so does this server
                if (tries == PUTS) {
                    throw e;
                }
                log.info("{}", e.getMessage());
            }
        }
    }

    /** @param out what is done once all is on the device */
    void close(Syncer.Work out) {
        try {
            syncer.run(() -> end(out));
        } catch (IOException e) {
            log.warn("{}: {}", home.folder, e.toString());
        }
        syncer.close();
    }

    /** On the syncer's thread. */
    private void end(Syncer.Work out) throws IOException {
        synchronized (home) {
            if (closed) {
                return;
            }
        }
        IOException failure = null;
        try {
            syncTo(end());
            out.run();
        } catch (IOException e) {
            failure = e;
        }
        synchronized (home) {
            closed = true;
            full.add(current);
            for (TreeFile file : full) {
                file.close();
            }
            home.folder.forgetPending(server);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void open() throws IOException {
        home.requireOpen();
        if (closed) {
            throw new IOException("the store is closed");
        }
    }
}
