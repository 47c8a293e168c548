package org.azekura.server.trees;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names under which one server writes segments, and whether somebody else writes under them. Thread-safe: the home is locked while this is, never the
 * other way round.
 */
final class Claims {

    private static final Logger log = LoggerFactory.getLogger(Claims.class);

    private final SharedFiles home;
    private final String server;
    /** Segments that this process is writing. */
    private final Set<Segment> claimed = new HashSet<>();
    /** Those that this server has written, or may have. */
    private final Set<Segment> written = new HashSet<>();
    private boolean listed;
    private Segment foreign;

    Claims(SharedFiles home, String server) {
        this.home = home;
        this.server = server;
    }

    /** Whether it is known what the device had before. */
    synchronized boolean isListed() {
        return listed;
    }

    /** A name for a segment of this server. */
    synchronized Segment claim() throws BackupException {
        if (foreign != null) {
            throw fenced(foreign);
        }
        Segment segment;
        synchronized (home) {
            segment = new Segment(server, home.table.next());
        }
        claimed.add(segment);
        return segment;
    }

    /** What was claimed is there, and here; or nobody knows. */
    synchronized void written(Segment segment) {
        claimed.remove(segment);
        written.add(segment);
    }

    /** Nothing more is written under this name: somebody else does. */
    synchronized BackupException fenced(Segment segment) {
        foreign = segment;
        return BackupException.operator("trees.fenced", segment.key(), "another process writes tree pages as " + server + ", " + segment + " among them: "
                + home.folder.path() + " is a copy of another server's folder, or the other way round; delete the file writer in one of them, and start this server again");
    }

    /** Why nothing more is written; null if nobody else writes. */
    synchronized BackupException fence() {
        return foreign == null ? null : fenced(foreign);
    }

    /** These are on the device. */
    synchronized void met(Collection<Segment> there) {
        if (!listed) {
            there.stream().filter(segment -> segment.server().equals(server)).forEach(written::add); // in an earlier life
        }
        if (foreign == null) {
            there.stream().filter(this::isForeign).findFirst().ifPresent(segment -> log.error("{}", fenced(segment).getMessage()));
        }
        listed = true;
    }

    private boolean isForeign(Segment segment) {
        if (!segment.server().equals(server) || claimed.contains(segment) || written.contains(segment)) {
            return false;
        }
        synchronized (home) {
            return !home.table.has(segment);
        }
    }

    /** Takes out of these what this process is writing, for it comes here by itself. */
    synchronized void leaveOut(Collection<Segment> segments) {
        segments.removeIf(claimed::contains);
    }
}
