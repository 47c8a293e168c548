package org.azekura.server.trees;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.BackupException;

/** What is here beside what is on the device. Thread-safe, but one thread brings at a time. */
final class Comparison {

    private final SharedFiles home;
    private final Claims claims;
    private final Fetch fetch;
    /** Gone, with something of them left on the device. */
    private Set<Segment> left = Set.of();

    Comparison(SharedFiles home, Claims claims) {
        this.home = home;
        this.claims = claims;
        this.fetch = new Fetch(home);
    }

    /**
     * Brings what is new, and forgets what has gone.
     *
     * @param came called when something has come
     * @return whether all that is on the device is here; false if something went while it was fetched
     */
    boolean bring(Runnable came) throws BackupException {
        Set<Segment> before = known();
        Shelf.Listing there = home.shelf.list();
        Set<Segment> absent = absent(before, there);
        if (!absent.isEmpty()) {
            // What is in its place was put there before it went: a list that began later names it.
            there = home.shelf.list();
            absent = absent(absent, there);
        }
        note(there);
        Map<Segment, Long> news = new TreeMap<>(there.sizes());
        synchronized (home) {
            news.entrySet().removeIf(each -> home.table.has(each.getKey()) && home.table.size(each.getKey()) == each.getValue());
        }
        claims.leaveOut(news.keySet());
        if (!news.isEmpty()) {
            boolean all = fetch.all(news);
            came.run();
            if (!all) {
                return false;
            }
        }
        forget(absent);
        return true;
    }

    private Set<Segment> known() {
        synchronized (home) {
            return home.table.segments();
        }
    }

    private static Set<Segment> absent(Set<Segment> known, Shelf.Listing there) {
        Set<Segment> absent = new HashSet<>(known);
        absent.removeAll(there.sizes().keySet());
        return absent;
    }

    private void note(Shelf.Listing there) {
        synchronized (home) {
            there.sizes().keySet().forEach(home.table::met);
            home.table.condemn(there.condemned());
        }
        synchronized (this) {
            left = new HashSet<>(there.condemned());
            left.removeAll(there.sizes().keySet());
        }
        claims.met(there.sizes().keySet());
    }

    private void forget(Set<Segment> absent) throws BackupException {
        try {
            for (Segment segment : absent) {
                home.gone(segment);
            }
        } catch (IOException e) {
            throw TreeFolder.failed(home.folder.path(), e);
        }
        home.others.find();
    }

    /** Takes away what deletions that were cut off have left. */
    void tidy() throws BackupException {
        Set<Segment> some;
        synchronized (this) {
            some = left;
        }
        for (Segment segment : some) {
            home.shelf.tidy(segment);
        }
    }
}
