package org.azekura.server.trees;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;

/** What a prune does to segments: one condemns those of which little is alive, and a later one deletes them. Thread-safe. */
final class SegmentPrune {

    private final SharedFiles home;
    private final Condemned condemned = new Condemned();
    /** Files that were here when marks began. */
    private int marked;
    private TreeMarks.Jobs jobs = Set::of;

    SegmentPrune(SharedFiles home) {
        this.home = home;
    }

    void begin(TreeMarks.Jobs who) throws BackupException {
        home.follower.follow();
        Set<Segment> known;
        synchronized (home) {
            known = home.table.condemned();
        }
        condemned.look(known, who.unended());
        synchronized (home) {
            jobs = who;
            marked = home.table.last();
            home.index.beginMarks();
        }
    }

    /** Those that can be given up now. */
    List<Integer> ripe() throws BackupException {
        home.follower.tidy();
        synchronized (home) {
            return condemned.ripe().stream().filter(home.table::has).map(home.table::file).sorted().toList();
        }
    }

    /** Those of which so few bytes are marked. */
    List<Integer> fading(int livePercent) {
        synchronized (home) {
            Map<Integer, Long> live = new HashMap<>();
            home.index.each(true, place -> true, page -> live.merge(PageIndex.file(page.place()), (long) page.length(), Long::sum));
            return home.table.segments().stream().filter(segment -> {
                int file = home.table.file(segment);
                return file <= marked && !home.table.isCondemned(file) && PageHome.isSparse(live.get(file), home.table.size(segment), livePercent);
            }).map(home.table::file).sorted().toList();
        }
    }

    /** Behind all deletions, too: what went with them may be elsewhere. */
    void condemn(List<Integer> files) throws BackupException {
        home.others.find();
        List<Segment> segments = new ArrayList<>();
        for (int file : files) {
            Segment segment = segment(file);
            if (segment != null) {
                home.shelf.condemn(segment);
                segments.add(segment);
            }
        }
        synchronized (home) {
            home.table.condemn(segments);
        }
        condemned.await(segments, jobs.unended());
    }

    int delete(int file) throws BackupException {
        int dropped;
        synchronized (home) {
            if (home.markedIn(file).isEmpty()) {
                home.others.seek(file);
            }
            dropped = home.forgetUnmarked(file);
        }
        Segment segment = segment(file);
        if (dropped >= 0 && segment != null) {
            home.shelf.delete(segment);
            try {
                home.gone(segment);
            } catch (IOException e) {
                throw home.failed(e);
            }
        }
        return dropped;
    }

    private Segment segment(int file) {
        synchronized (home) {
            return home.table.segment(file);
        }
    }
}
