package org.azekura.bench.trial;

/** What trials find. Times are seconds, sizes bytes; those that are apart are shares of what all in one took. */
public enum Figure {
    BROWSE_PAGE, BROWSE_WORST, SEARCH, SEARCH_READY, REBUILD_RATE, REBUILD_WALL, PRUNE_FIRST, PRUNE_CHANGE, PRUNE_PACKS, PRUNE_PAGES,
    PEAK_TENTH, PEAK_ALL, RESCAN_GROWTH, ONE_FILE, SENT_AGAIN,
    APART_BACKUP_PROCESSOR, APART_BACKUP_WALL, APART_RESTORE_PROCESSOR, APART_RESTORE_WALL
}
