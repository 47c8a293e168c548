package org.azekura.client.collect;

import org.azekura.api.BackupException;
import org.azekura.client.cache.CachedEntry;
import org.azekura.engine.tree.Entry;

/** The content of an entry, which may have chunks that are not named yet. Used by the reader only. */
interface PendingContent {

    /** Whether {@link #content} can be told. */
    boolean ready() throws BackupException;

    Entry.Content content() throws BackupException;

    /** A content that is known. */
    record Known(Entry.Content content) implements PendingContent {
        @Override
        public boolean ready() {
            return true;
        }
    }

    /** The content of an entry of the parent snapshot, looked up there when it is asked for: many may have to be remembered. */
    record Cached(CachedEntry entry) implements PendingContent {
        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public Entry.Content content() throws BackupException {
            return entry.entry().content();
        }
    }
}
