package org.azekura.server.trees;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;

/**
 * Pages whose place went with a segment. Another segment may have them still, for a page can lie in several; the index knows one place of each, and servers must
 * agree on which pages there are: one that takes a page for missing here would give up as dead what a snapshot of the other relies on. Thread-safe.
 */
final class OtherCopies {

    private final SharedFiles home;
    private IdSet sought = new IdSet();

    OtherCopies(SharedFiles home) {
        this.home = home;
    }

    /** All pages whose place is in this file, while the home is held. */
    void seek(int file) {
        for (boolean marked : new boolean[] {true, false}) {
            home.index.each(marked, place -> PageIndex.file(place) == file, page -> sought.add(page.id()));
        }
    }

    boolean mayHave(ChunkId id) {
        synchronized (home) {
            return sought.contains(id);
        }
    }

    /** Has what is sought counted where it is, which takes a look at each page that is here. */
    void find() throws BackupException {
        IdSet ids;
        TreeSet<Segment> all;
        synchronized (home) {
            if (sought.size() == 0) {
                return;
            }
            ids = sought;
            sought = new IdSet();
            all = new TreeSet<>(home.table.segments());
        }
        for (Segment segment : all) {
            try {
                find(ids, segment);
            } catch (FileNotFoundException e) {
                continue; // it went meanwhile, and what it had is sought anew
            } catch (IOException e) {
                throw home.failed(e);
            }
        }
    }

    private void find(IdSet ids, Segment segment) throws IOException {
        FrameScan.Result scan = FrameScan.hop(home.folder.file(segment));
        synchronized (home) {
            if (home.table.has(segment)) {
                scan.frames().stream().filter(frame -> ids.contains(frame.id())).forEach(frame -> home.consider(segment, frame));
            }
        }
    }
}
