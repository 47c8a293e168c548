package org.azekura.server.trees;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;

/** How often the device is asked for pages that are not here: they may be nowhere. Thread-safe. */
final class Search {

    /** Who asks for pages that are nowhere has the device listed no more often. */
    private static final Duration GAP = Duration.ofMillis(200);
    private static final Duration KNOWN_MISSING = Duration.ofSeconds(5);
    private static final int MOST_MISSING = 10_000;

    private final Map<ChunkId, Long> missing = new LinkedHashMap<>();
    private long searched_ns = System.nanoTime() - GAP.toNanos();

    /**
     * Waits until it is time to look for the page.
     *
     * @param joins whether it is looked for at the moment anyway
     * @return false if it is known to be nowhere
     */
    boolean await(ChunkId id, boolean joins) throws BackupException {
        long wait;
        synchronized (this) {
            long now = System.nanoTime();
            Long asked = missing.get(id);
            if (asked != null && now - asked < KNOWN_MISSING.toNanos()) {
                return false;
            }
            wait = joins ? 0 : searched_ns + GAP.toNanos() - now;
            searched_ns = Math.max(now, searched_ns + GAP.toNanos());
        }
        try {
            TimeUnit.NANOSECONDS.sleep(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("trees.io", "", "interrupted while a tree page was looked for", e);
        }
    }

    /** What came of it. */
    synchronized void ended(ChunkId id, boolean found) {
        if (missing.size() >= MOST_MISSING) {
            missing.clear();
        }
        if (!found) {
            missing.put(id, System.nanoTime());
        }
    }

    /** Segments have come: what was nowhere may be in them. */
    synchronized void renew() {
        missing.clear();
    }
}
