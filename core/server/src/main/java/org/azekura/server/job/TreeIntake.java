package org.azekura.server.job;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.FrameHeader;
import org.azekura.server.trees.TreeStore;

/** Takes in the tree pages of one backup and remembers which came. Safe for any number of threads. */
final class TreeIntake {

    private static final Duration SILENCE = Duration.ofHours(24);

    private final TreeStore trees;
    private final Set<SessionId> sessions = new HashSet<>();
    private final List<ChunkId> pages = new ArrayList<>();

    TreeIntake(TreeStore trees) {
        this.trees = trees;
    }

    /** Returns when the client has ended its sending and everything is durable. */
    void take(StreamOpening.StoreTrees opening, Stream stream) throws BackupException {
        synchronized (this) {
            sessions.add(opening.session());
        }
        for (ByteBuffer bytes = stream.receive(SILENCE); bytes != null; bytes = stream.receive(SILENCE)) {
            // The store checks the rest; of a foreign session nothing may get in, for its key is not kept.
            FrameHeader header = Frame.header(bytes);
            if (!header.session().equals(opening.session())) {
                throw BackupException.corrupt("frame.unexpected", header.id().toString(), "tree page " + header.id()
                        + " is of session " + header.session() + ", expected " + opening.session());
            }
            // Before it is in the store: who begins to prune that must find it here or see it come.
            synchronized (this) {
                pages.add(header.id());
            }
            trees.append(bytes);
        }
        trees.sync();
        stream.endSending();
    }

    /** Whether every page that came was sealed in this session; true if none came. */
    synchronized boolean isOf(SessionId session) {
        return sessions.stream().allMatch(session::equals);
    }

    /** The pages that came so far. */
    synchronized List<ChunkId> pages() {
        return List.copyOf(pages);
    }
}
