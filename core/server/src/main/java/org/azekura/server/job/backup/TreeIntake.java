package org.azekura.server.job.backup;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.FrameHeader;
import org.azekura.server.trees.TreeStore;
import org.azekura.wire.MessageCodec;

/** Takes in the tree pages of one backup and remembers which came. Safe for any number of threads. */
final class TreeIntake {

    private static final Duration SILENCE = Duration.ofHours(24);
    private static final Duration SEND_TIME = Duration.ofMinutes(1);
    /** Pages are made durable after so many bytes, and when none has come for so long. */
    private static final long SYNC_BYTES = 4 << 20;
    private static final Duration SYNC_TIME = Duration.ofSeconds(1);

    private final TreeStore trees;
    private final Bound bound;
    private final Set<SessionId> sessions = new HashSet<>();
    private final PageIds pages = new PageIds();

    TreeIntake(TreeStore trees, Bound bound) {
        this.trees = trees;
        this.bound = bound;
    }

    /** Is told of every page that was not here before. */
    @FunctionalInterface
    interface Bound {
        void came(long bytes) throws BackupException;
    }

    /** Returns when the client has ended its sending and everything is durable; tells it from time to time how much of it is. */
    void take(StreamOpening.StoreTrees opening, Stream stream) throws BackupException {
        synchronized (this) {
            sessions.add(opening.session());
        }
        new Taking(opening, stream).run();
    }

    /** One stream from its opening to its end. */
    private final class Taking {

        private final StreamOpening.StoreTrees opening;
        private final Stream stream;
        private long taken;
        private long durable;
        private long unsynced;
        private long syncedAt = System.nanoTime();

        Taking(StreamOpening.StoreTrees opening, Stream stream) {
            this.opening = opening;
            this.stream = stream;
        }

        void run() throws BackupException {
            for (ByteBuffer bytes = next(); bytes != null; bytes = next()) {
                take(bytes);
                if (unsynced >= SYNC_BYTES || System.nanoTime() - syncedAt >= SYNC_TIME.toNanos()) {
                    sync();
                }
            }
            trees.sync();
            stream.endSending();
        }

        private ByteBuffer next() throws BackupException {
            if (taken > durable) {
                try {
                    return stream.receive(SYNC_TIME);
                } catch (BackupException e) {
                    if (!e.failure().code().equals("transport.timeout")) {
                        throw e;
                    }
                    sync();
                }
            }
            return stream.receive(SILENCE);
        }

        private void sync() throws BackupException {
            trees.sync();
            durable = taken;
            unsynced = 0;
            syncedAt = System.nanoTime();
            stream.send(MessageCodec.encode(new ChunkAnswer.Durable(durable)), SEND_TIME);
        }

        private void take(ByteBuffer bytes) throws BackupException {
            // The store checks the rest; of a foreign session nothing may get in, for its key is not kept.
            FrameHeader header = Frame.header(bytes);
            if (!header.session().equals(opening.session())) {
                throw BackupException.corrupt("frame.unexpected", header.id().toString(), "tree page " + header.id()
                        + " is of session " + header.session() + ", expected " + opening.session());
            }
            // Before it is in the store: who begins to prune that must find it here or see it come.
            pages.add(header.id());
            if (trees.append(bytes)) {
                bound.came(bytes.remaining());
            }
            taken++;
            unsynced += bytes.remaining();
        }
    }

    /** The snapshot in the making refers to this page, whoever sent it. */
    void relyOn(ChunkId page) {
        pages.add(page);
    }

    /** Whether every page that came was sealed in this session; true if none came. */
    synchronized boolean isOf(SessionId session) {
        return sessions.stream().allMatch(session::equals);
    }

    /** The pages that came so far, and others that the snapshot refers to as far as that is known. */
    List<ChunkId> pages() {
        return pages.list();
    }
}
